//! Archives that are as they should be, and archives that somebody packed to do harm.
use std::io::{Read, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{EntryType, Header};

use super::{File, Root, extract, unpack};
use crate::{ErrorKind, Limits, ScmError};

/// Makes the header of an entry; the name is not checked.
fn header(name: &str, kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

/// Packs entries: name, kind, content.
fn tar(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut packed = Vec::new();
    for (name, kind, content) in entries {
        packed.extend(header(name, *kind, content.len() as u64).as_bytes());
        packed.extend(*content);
        packed.resize(packed.len().next_multiple_of(512), 0);
    }
    packed.resize(packed.len() + 1024, 0);
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn limits() -> Limits {
    Limits {
        file_bytes: 1000,
        archive_bytes: 10_000,
        tree_bytes: 2000,
        tree_files: 3,
        ..Limits::default()
    }
}

fn all(archive: &[u8]) -> Result<Vec<File>, ScmError> {
    extract(archive, &limits(), Root::MadeUp, |_| true)
}

fn kind(found: Result<Vec<File>, ScmError>) -> ErrorKind {
    found.expect_err("the archive is bad").kind
}

fn paths(files: &[File]) -> Vec<&str> {
    files.iter().map(|(path, _)| path.as_str()).collect()
}

const FILE: EntryType = EntryType::Regular;

#[test]
fn the_wanted_files_come_out_without_the_made_up_folder() {
    let archive = gzip(&tar(&[
        (
            "pax_global_header",
            EntryType::XGlobalHeader,
            b"27 comment=0123456789abcdef\n",
        ),
        ("repo-1/", EntryType::Directory, b""),
        ("repo-1/b.yaml", FILE, b"b"),
        ("repo-1/a/x.yaml", FILE, b"a"),
        ("repo-1/a/x.md", FILE, b"no"),
        ("./repo-1/c.yaml", FILE, b""),
    ]));
    let keep = |path: &str| path.ends_with(".yaml");
    let found = extract(&archive[..], &limits(), Root::MadeUp, keep).expect("it is good");
    let file = |path: &str, content: &str| (path.to_owned(), content.as_bytes().to_vec());
    assert_eq!(
        found,
        [
            file("a/x.yaml", "a"),
            file("b.yaml", "b"),
            file("c.yaml", "")
        ]
    );
    let plain = tar(&[("a/b", FILE, b"x")]);
    let found = unpack(&plain[..], &limits(), Root::Plain, |_| true).expect("it is good");
    assert_eq!(paths(&found), ["a/b"]);
}

#[test]
fn paths_that_lead_out_refuse_the_archive() {
    for name in ["../x", "r/../../x", "/etc/passwd", "r/a/..", ".."] {
        let archive = gzip(&tar(&[("r/good", FILE, b"x"), (name, FILE, b"x")]));
        assert_eq!(kind(all(&archive)), ErrorKind::Refused, "{name}");
    }
    let long = b"r/../../../x\0";
    let archive = gzip(&tar(&[
        ("long", EntryType::GNULongName, long),
        ("r/x", FILE, b"x"),
    ]));
    assert_eq!(kind(all(&archive)), ErrorKind::Refused);
    let extended = b"13 path=/a/b\n";
    let archive = gzip(&tar(&[
        ("x", EntryType::XHeader, extended),
        ("r/x", FILE, b"x"),
    ]));
    assert_eq!(kind(all(&archive)), ErrorKind::Refused);
}

#[test]
fn links_devices_and_odd_names_are_left_out() {
    let mut link = header("r/link", EntryType::Symlink, 0);
    link.set_link_name("../../etc/passwd").unwrap();
    link.set_cksum();
    let mut odd = Header::new_gnu();
    odd.as_old_mut().name[..5].copy_from_slice(b"r/\xff\xfeo");
    odd.set_entry_type(FILE);
    odd.set_size(0);
    odd.set_cksum();
    let mut packed = link.as_bytes().to_vec();
    packed.extend(odd.as_bytes());
    packed.extend(tar(&[
        ("r/hard", EntryType::Link, b""),
        ("r/fifo", EntryType::Fifo, b""),
        ("r/disk", EntryType::Block, b""),
        ("r/tty", EntryType::Char, b""),
        ("r/file", FILE, b"x"),
    ]));
    assert_eq!(paths(&all(&gzip(&packed)).expect("it is good")), ["file"]);
}

#[test]
fn long_names_are_read_and_bounded() {
    let name = format!("r/{}/x", "d".repeat(200));
    let long = tar(&[
        (
            "long",
            EntryType::GNULongName,
            format!("{name}\0").as_bytes(),
        ),
        ("r/short", FILE, b"x"),
        ("r/y", FILE, b"y"),
    ]);
    let found = all(&gzip(&long)).expect("it is good");
    assert_eq!(paths(&found), [&name[2..], "y"]);
    let extended = b"13 path=r/abc\n";
    let found = all(&gzip(&tar(&[
        ("x", EntryType::XHeader, &extended[..]),
        ("r/x", FILE, b"x"),
    ])));
    assert!(found.is_err(), "the length of the record is wrong");
    let extended = b"14 path=r/abc\n";
    let found = all(&gzip(&tar(&[
        ("x", EntryType::XHeader, extended),
        ("r/x", FILE, b"x"),
    ])));
    assert_eq!(paths(&found.expect("it is good")), ["abc"]);

    let endless = "x/".repeat(3000);
    let long = tar(&[
        ("long", EntryType::GNULongName, endless.as_bytes()),
        ("r/x", FILE, b"x"),
    ]);
    assert_eq!(kind(all(&gzip(&long))), ErrorKind::TooLarge);
}

#[test]
fn every_number_has_a_bound() {
    let large = gzip(&tar(&[("r/x", FILE, &[7; 1001])]));
    assert_eq!(kind(all(&large)), ErrorKind::TooLarge);
    let heavy = gzip(&tar(&[
        ("r/a", FILE, &[1; 900]),
        ("r/b", FILE, &[2; 900]),
        ("r/c", FILE, &[3; 900]),
    ]));
    assert_eq!(kind(all(&heavy)), ErrorKind::TooLarge);
    let many = gzip(&tar(&[
        ("r/a", FILE, b""),
        ("r/b", FILE, b""),
        ("r/c", FILE, b""),
        ("r/d", FILE, b""),
    ]));
    assert_eq!(kind(all(&many)), ErrorKind::TooLarge);
    let some = extract(&many[..], &limits(), Root::MadeUp, |path| path < "d");
    assert_eq!(some.expect("only wanted files count").len(), 3);
}

#[test]
fn what_is_left_out_counts_as_bytes_of_the_archive() {
    let bomb = gzip(&tar(&[("r/skipped", FILE, &vec![0; 100_000])]));
    assert!(bomb.len() < 1000, "it is small as it travels");
    let found = extract(&bomb[..], &limits(), Root::MadeUp, |_| false);
    assert_eq!(kind(found), ErrorKind::TooLarge);
    let mut padded = tar(&[("r/x", FILE, b"x")]);
    padded.resize(100_000, 0);
    assert_eq!(kind(all(&gzip(&padded))), ErrorKind::TooLarge);
}

#[test]
fn an_endless_archive_is_stopped() {
    struct Zeros;
    impl Read for Zeros {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            buffer.fill(0);
            Ok(buffer.len())
        }
    }
    let found = unpack(Zeros, &limits(), Root::Plain, |_| true);
    assert_eq!(kind(found), ErrorKind::TooLarge);
    // The size says 8 GB; nothing of that is reserved.
    let claim = header("r/x", FILE, 0o77_777_777_777).as_bytes().to_vec();
    assert_eq!(kind(all(&gzip(&claim))), ErrorKind::TooLarge);
}

#[test]
fn half_an_archive_is_an_error_wherever_it_ends() {
    let archive = gzip(&tar(&[("r/a", FILE, b"first"), ("r/b", FILE, &[9; 700])]));
    assert_eq!(all(&archive).expect("the whole is good").len(), 2);
    for end in 0..archive.len() {
        let found = all(&archive[..end]);
        assert_eq!(kind(found), ErrorKind::Unavailable, "cut at {end}");
    }
    let mut damaged = archive.clone();
    let last = damaged.len() - 6;
    damaged[last] ^= 1;
    assert_eq!(kind(all(&damaged)), ErrorKind::Unavailable);
    assert_eq!(
        kind(all(b"<html>not an archive</html>")),
        ErrorKind::Unavailable
    );
}

#[test]
fn an_archive_without_one_root_is_an_error() {
    let archive = gzip(&tar(&[("a/x", FILE, b""), ("b/x", FILE, b"")]));
    assert_eq!(kind(all(&archive)), ErrorKind::Unavailable);
}

#[test]
fn no_damage_makes_it_panic_or_find_a_path_that_leads_out() {
    let good = tar(&[
        ("long", EntryType::GNULongName, b"r/a/b\0"),
        ("r/x", FILE, b"x"),
        ("x", EntryType::XHeader, b"14 path=r/abc\n"),
        ("r/x", FILE, b"content"),
    ]);
    for place in 0..good.len() {
        for damage in [0x01, 0x02, 0x2e, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[place] ^= damage;
            let found = unpack(&bad[..], &limits(), Root::MadeUp, |_| true).unwrap_or_default();
            let is_out =
                |path: &str| path.starts_with('/') || path.split('/').any(|part| part == "..");
            assert!(!paths(&found).into_iter().any(is_out), "{place} {damage}");
        }
    }
}
