//! What is special about Microsoft: an issuer with a gap for the tenant, and addresses that nobody has checked.
use serde_json::{Map, Value};

use super::settings::OAuthSettings;
use crate::Claims;
use crate::claims::yes_or_no;

/// Where the description has the id of the tenant that the person belongs to.
const GAP: &str = "{tenantid}";
/// Names in the place of a tenant that let in people of all tenants.
const OPEN_TENANTS: [&str; 3] = ["common", "organizations", "consumers"];

/// Tells whether a description read from `url` may name `issuer`.
pub(super) fn issuer_fits(url: &str, issuer: &str) -> bool {
    let Some((origin, tenant)) = origin_and_tenant(url) else {
        return false;
    };
    let named = issuer
        .strip_prefix(origin)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.strip_suffix("/v2.0"));
    match named {
        Some(GAP) => OPEN_TENANTS.contains(&tenant),
        // A tenant may also be configured by its domain.
        Some(named) => is_guid(named) && (!is_guid(tenant) || named.eq_ignore_ascii_case(tenant)),
        None => false,
    }
}

/// Returns the issuer that a token must have, with the tenant that the token itself names in the gap.
pub(super) fn issuer_of(issuer: &str, claims: &Map<String, Value>) -> Option<String> {
    if !issuer.contains(GAP) {
        return Some(issuer.to_owned());
    }
    let tenant = claims.get("tid")?.as_str()?;
    is_guid(tenant).then(|| issuer.replace(GAP, tenant))
}

/// Decides about the address of mail.
///
/// Whoever has a tenant can write any address into it. So with an open tenant an address counts as verified only if
/// Microsoft says that its domain belongs to the tenant; within one tenant its administrators are trusted, and the
/// sign-in name stands in for a missing address.
pub(super) fn judge_email(settings: &OAuthSettings, claims: &mut Claims) {
    let url = settings.metadata_url.as_deref().unwrap_or_default();
    let open = origin_and_tenant(url).is_none_or(|(_, tenant)| OPEN_TENANTS.contains(&tenant));
    if open {
        let owned = claims.raw.get("xms_edov").and_then(yes_or_no);
        claims.email_verified = Some(owned == Some(true));
    } else if claims.email.is_none() {
        claims.email = claims.username.clone().filter(|name| name.contains('@'));
    }
}

fn origin_and_tenant(url: &str) -> Option<(&str, &str)> {
    let scheme = url.find("://")? + 3;
    let slash = scheme + url[scheme..].find('/')?;
    let tenant = url[slash + 1..].split('/').next()?;
    Some((&url[..slash], tenant))
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "11111111-2222-3333-4444-555555555555";
    const TWO: &str = "99999999-2222-3333-4444-555555555555";

    fn url(tenant: &str) -> String {
        OAuthSettings::microsoft(tenant, None).metadata_url.unwrap()
    }

    fn issuer(tenant: &str) -> String {
        format!("https://login.microsoftonline.com/{tenant}/v2.0")
    }

    #[test]
    fn a_description_speaks_for_its_own_tenant() {
        assert!(issuer_fits(&url(ONE), &issuer(ONE)));
        assert!(!issuer_fits(&url(ONE), &issuer(TWO)));
        assert!(!issuer_fits(&url(ONE), &issuer(GAP)));
        assert!(issuer_fits(&url("example.com"), &issuer(ONE)));
        assert!(issuer_fits(&url("common"), &issuer(GAP)));
        assert!(!issuer_fits(
            &url("common"),
            "https://evil.example/{tenantid}/v2.0"
        ));
        assert!(!issuer_fits(&url("common"), &issuer("a/b")));
    }

    #[test]
    fn the_gap_is_filled_with_a_tenant_and_nothing_else() {
        let claims = |tid: &str| {
            let claims = serde_json::json!({ "tid": tid });
            claims.as_object().unwrap().clone()
        };
        assert_eq!(issuer_of(&issuer(GAP), &claims(ONE)), Some(issuer(ONE)));
        assert_eq!(issuer_of(&issuer(GAP), &claims("x/../y")), None);
        assert_eq!(issuer_of(&issuer(GAP), &Map::new()), None);
        assert_eq!(issuer_of(&issuer(ONE), &Map::new()), Some(issuer(ONE)));
    }

    #[test]
    fn addresses_of_strange_tenants_are_not_verified() {
        let raw = serde_json::json!({ "email": "boss@example.com", "xms_edov": false });
        let claims = Claims::from_raw("1".to_owned(), raw.as_object().unwrap().clone());
        let judged = |tenant: &str, edov: bool| {
            let mut claims = claims.clone();
            claims.raw.insert("xms_edov".to_owned(), edov.into());
            judge_email(&OAuthSettings::microsoft(tenant, None), &mut claims);
            claims.usable_email().is_some()
        };
        assert!(!judged("common", false));
        assert!(judged("common", true));
        assert!(judged(ONE, false));
    }
}
