//! What Backstage refuses, and Callboard with it.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT008",
        files: &[(
            "catalog-info.yaml",
            r"- a
- b
",
        )],
        want: &[
            r"CAT008 catalog-info.yaml:1:1-2:4 expected an entity, which is a map, but found a list",
        ],
    },
    Case {
        code: "CAT009",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
tags: [java]
",
        )],
        want: &[
            r#"CAT009 a.yaml:9:1-9:5 the field "tags" does not belong at the root of an entity"#,
        ],
    },
    Case {
        code: "CAT009",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metdata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r"CAT010 a.yaml:1:1-1:11 metadata is missing",
            r#"CAT009 a.yaml:3:1-3:8 the field "metdata" does not belong at the root of an entity => "metadata""#,
        ],
    },
    Case {
        code: "CAT010",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
",
        )],
        want: &[r"CAT010 a.yaml:5:1-5:5 spec.owner is missing"],
    },
    Case {
        code: "CAT011",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  tags: java
  title: 1.10
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT011 a.yaml:5:9-5:13 metadata.tags must be a list, but is "java" => "[java]""#,
            r#"CAT011 a.yaml:6:10-6:14 metadata.title must be a text, but is the number 1.1 => "\"1.10\"""#,
        ],
    },
    Case {
        code: "CAT011",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    example.com/on: true
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT011 a.yaml:6:21-6:25 metadata.annotations.example.com/on must be a text, but is the boolean true => "\"true\"""#,
        ],
    },
    Case {
        code: "CAT012",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: ""
"#,
        )],
        want: &[r"CAT012 a.yaml:8:10-8:12 spec.owner is empty"],
    },
    Case {
        code: "CAT013",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT013 a.yaml:1:13-1:28 the kind Component has no apiVersion "backstage.io/v1" => "backstage.io/v1alpha1""#,
        ],
    },
    Case {
        code: "CAT014",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Componnet
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT014 a.yaml:2:7-2:16 the kind "Componnet" is not known => "Component""#],
    },
    Case {
        code: "CAT015",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Shop backend # the old one
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT015 a.yaml:4:9-4:21 "Shop backend" is not a valid name => "Shop-backend""#],
    },
    Case {
        code: "CAT016",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  namespace: 'Team_A'
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT016 a.yaml:5:14-5:22 "Team_A" is not a valid namespace => "'team-a'""#],
    },
    Case {
        code: "CAT017",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  labels:
    tier: very high
    big: "a, b"
spec:
  type: service
  lifecycle: production
  owner: team
"#,
        )],
        want: &[
            r#"CAT017 a.yaml:6:11-6:20 "very high" is not a valid value of a label => "very-high""#,
            r#"CAT017 a.yaml:7:10-7:16 "a, b" is not a valid value of a label"#,
        ],
    },
    Case {
        code: "CAT018",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    a b: c
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT018 a.yaml:6:10-6:11 "a b" is not a valid key of metadata.annotations"#],
    },
    Case {
        code: "CAT019",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  tags: [web, Spring Boot]
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT019 a.yaml:5:15-5:26 "Spring Boot" is not a valid tag => "spring-boot""#],
    },
    Case {
        code: "CAT020",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  links:
    - url: example.com/a
    - url: /b
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT020 a.yaml:6:12-6:25 "example.com/a" is not an absolute URL => "https://example.com/a""#,
            r#"CAT020 a.yaml:7:12-7:14 "/b" is not an absolute URL"#,
        ],
    },
    Case {
        code: "CAT021",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
  dependsOn: [database]
",
        )],
        want: &[
            r#"CAT021 a.yaml:9:15-9:23 "database" names no kind: write kind:database, for example component:database"#,
        ],
    },
    Case {
        code: "CAT022",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r"CAT022 a.yaml:13:9-13:13 component:default/shop is already described in a.yaml:4; this one is not used",
        ],
    },
    Case {
        code: "CAT023",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: openapi
  lifecycle: production
  owner: team
  definition: {$text: ./none.yaml}
",
        )],
        want: &[r"CAT023 a.yaml:9:23-9:34 cannot read ./none.yaml: there is no such file"],
    },
    Case {
        code: "CAT025",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: shop
spec:
  target: ./b.yaml
  presence: optionl
",
        )],
        want: &[r#"CAT025 a.yaml:7:13-7:20 "optionl" is not allowed here => "optional""#],
    },
    Case {
        code: "CAT035",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  labels:
    tier: a
    Tier: b
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT035 a.yaml:7:5-7:9 the keys "tier" and "Tier" differ only in case"#],
    },
];
