//! Locations that cannot be followed, or need not be.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT001",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  target: ./folder
",
            ),
            ("folder/keep.txt", r""),
        ],
        want: &[r"CAT001 a.yaml:6:11-6:19 cannot read folder: it is a folder, not a file"],
    },
    Case {
        code: "CAT002",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  targets:
    - ./none.yaml
",
        )],
        want: &[r"CAT002 a.yaml:7:7-7:18 cannot read none.yaml: there is no such file"],
    },
    Case {
        code: "CAT003",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  target: ./a.yaml
",
        )],
        want: &[r"CAT003 a.yaml:6:11-6:19 the location includes itself through ./a.yaml"],
    },
    Case {
        code: "CAT005",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  type: ftp
  target: ./b.yaml
",
        )],
        want: &[
            r"CAT005 a.yaml:7:11-7:19 cannot read ./b.yaml: nothing reads locations of type ftp",
        ],
    },
    Case {
        code: "CAT065",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  type: file
  targets: []
",
        )],
        want: &[r"CAT065 a.yaml:5:1-5:5 the location leads nowhere"],
    },
    Case {
        code: "CAT066",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  presence: optional
  target: /srv/none.yaml
",
        )],
        want: &[
            r"CAT066 a.yaml:7:11-7:25 /srv/none.yaml is there only where this machine's folders are",
        ],
    },
    Case {
        code: "CAT067",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  presence: optional
  targets:
    - ./b.yaml # first
    - ./b.yaml
    - "./c.yaml"
"#,
        )],
        want: &[r#"CAT067 a.yaml:9:7-9:15 ./b.yaml is named twice => """#],
    },
    Case {
        code: "CAT067",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  presence: optional
  target: ./b.yaml
  targets: [./c.yaml, './b.yaml']
",
        )],
        want: &[r#"CAT067 a.yaml:8:23-8:33 ./b.yaml is named twice => """#],
    },
];
