//! Annotations that have no effect, or not the one that is meant.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT024",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/managed-by-location: url:x
    a: b
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT024 a.yaml:6:5-6:37 the catalog sets backstage.io/managed-by-location itself; this value is not used => """#,
        ],
    },
    Case {
        code: "CAT034",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    jenkins.io/github-folder: shop/main
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT034 a.yaml:6:5-6:29 the annotation jenkins.io/github-folder is deprecated => "jenkins.io/job-full-name""#,
        ],
    },
    Case {
        code: "CAT034",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    jenkins.io/github-folder: a
    jenkins.io/job-full-name: a
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r"CAT034 a.yaml:6:5-6:29 the annotation jenkins.io/github-folder is deprecated"],
    },
    Case {
        code: "CAT051",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdoc-ref: dir:.
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT051 a.yaml:6:5-6:29 nothing reads the annotation backstage.io/techdoc-ref => "backstage.io/techdocs-ref""#,
        ],
    },
    Case {
        code: "CAT051",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    gihub.com/project-slug: a/b
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT051 a.yaml:6:5-6:27 nothing reads the annotation gihub.com/project-slug => "github.com/project-slug""#,
        ],
    },
    Case {
        code: "CAT052",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdocs-ref: .
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT052 a.yaml:6:32-6:33 "." does not say whether the documentation is a dir or a url => "dir:.""#,
        ],
    },
    Case {
        code: "CAT052",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdocs-ref: 'https://example.com/docs/'
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT052 a.yaml:6:32-6:59 "https://example.com/docs/" does not say whether the documentation is a dir or a url => "'url:https://example.com/docs/'""#,
        ],
    },
    Case {
        code: "CAT053",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdocs-ref: dir:./dcos
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r"CAT053 a.yaml:6:32-6:42 there is no folder ./dcos beside this file"],
    },
    Case {
        code: "CAT054",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    github.com/project-slug: https://github.com/acme/shop.git
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT054 a.yaml:6:30-6:62 "https://github.com/acme/shop.git" is not a project such as owner/repository => "acme/shop""#,
        ],
    },
    Case {
        code: "CAT054",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    gitlab.com/project-slug: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT054 a.yaml:6:30-6:34 "shop" is not a project such as owner/repository"#],
    },
    Case {
        code: "CAT055",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/source-location: https://example.com/shop/
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT055 a.yaml:6:35-6:60 "https://example.com/shop/" is not a location, which has a type such as url: in front => "url:https://example.com/shop/""#,
        ],
    },
    Case {
        code: "CAT056",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/view-url: javascript:alert(1)
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r"CAT056 a.yaml:6:28-6:47 backstage.io/view-url would run a script, so another URL is shown",
        ],
    },
];
