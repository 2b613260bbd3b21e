//! Definitions of APIs that are not what their type says.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT060",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: OpenAPI
  lifecycle: production
  owner: team
  definition: x
",
        )],
        want: &[
            r#"CAT060 a.yaml:6:9-6:16 the type of the API is "OpenAPI", and pages know openapi => "openapi""#,
        ],
    },
    Case {
        code: "CAT061",
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
  definition: |
    openapi: 3.1.0
    info:
      title: a: b
",
        )],
        want: &[
            r"CAT061 a.yaml:9:3-9:13 the definition cannot be read as openapi: line 3: a second `: ` on one line: the value before it cannot also be a key",
        ],
    },
    Case {
        code: "CAT061",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: graphql
  lifecycle: production
  owner: team
  definition: |
    type Query {
      a: [Int!]
",
        )],
        want: &[
            r#"CAT061 a.yaml:9:3-9:13 the definition cannot be read as graphql: line 1: "{" is not closed"#,
        ],
    },
    Case {
        code: "CAT061",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: grpc
  lifecycle: production
  owner: team
  definition: |
    message A { }}
",
        )],
        want: &[
            r#"CAT061 a.yaml:9:3-9:13 the definition cannot be read as grpc: line 1: "}" closes nothing"#,
        ],
    },
    Case {
        code: "CAT062",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: asyncapi
  lifecycle: production
  owner: team
  definition: '{"openapi": "3.1.0"}'
"#,
        )],
        want: &[
            r#"CAT062 a.yaml:9:3-9:13 the definition has no "asyncapi" at its root, as asyncapi needs"#,
        ],
    },
    Case {
        code: "CAT062",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: openapi
  lifecycle: production
  owner: team
  definition: {$text: ./b.txt}
",
            ),
            (
                "b.txt",
                r"just text
",
            ),
        ],
        want: &[
            r#"CAT062 a.yaml:9:3-9:13 the definition has no "openapi" at its root, as openapi needs"#,
        ],
    },
    Case {
        code: "CAT063",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: shop
spec:
  type: openapi
  lifecycle: production
  owner: team
  definition: " "
"#,
        )],
        want: &[r"CAT063 a.yaml:9:3-9:13 the definition is blank"],
    },
];
