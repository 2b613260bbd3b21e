//! Fields, metadata and values that are probably not meant so.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT028",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[
            r#"CAT028 a.yaml:2:7-2:16 Backstage knows the kind Component, and not "component" => "Component""#,
        ],
    },
    Case {
        code: "CAT029",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  dependsOn: []
spec:
  type: service
  lifecycle: production
  owner: team
  tags: [java]
",
        )],
        want: &[
            r"CAT029 a.yaml:5:3-5:12 nothing reads metadata.dependsOn, because dependsOn belongs in spec",
            r"CAT029 a.yaml:10:3-10:7 nothing reads spec.tags, because tags belongs in metadata",
        ],
    },
    Case {
        code: "CAT037",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
  dependson: ["resource:db"]
  providesAPIs: []
"#,
        )],
        want: &[
            r#"CAT037 a.yaml:9:3-9:12 nothing reads spec.dependson => "dependsOn""#,
            r#"CAT037 a.yaml:10:3-10:15 nothing reads spec.providesAPIs => "providesApis""#,
        ],
    },
    Case {
        code: "CAT037",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  discription: Text
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT037 a.yaml:5:3-5:14 nothing reads metadata.discription => "description""#],
    },
    Case {
        code: "CAT046",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: shop
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT046 a.yaml:5:10-5:14 the title is the name, which is shown anyway => """#],
    },
    Case {
        code: "CAT047",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  tags: [java, web, java]
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r#"CAT047 a.yaml:5:21-5:25 the tag java is given twice => """#],
    },
    Case {
        code: "CAT048",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  links:
    - url: https://example.com/
    - title: A
      url: https://example.com/
spec:
  type: service
  lifecycle: production
  owner: team
",
        )],
        want: &[r"CAT048 a.yaml:8:12-8:32 another link leads to https://example.com/ as well"],
    },
    Case {
        code: "CAT033",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: prodution
  owner: team
",
        )],
        want: &[
            r#"CAT033 a.yaml:7:14-7:23 the lifecycle "prodution" is not one of the usual ones => "production""#,
        ],
    },
    Case {
        code: "CAT033",
        files: &[(
            "a.yaml",
            r#"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: "prod"
  owner: team
"#,
        )],
        want: &[
            r#"CAT033 a.yaml:7:14-7:20 the lifecycle "prod" is not one of the usual ones => "\"production\"""#,
        ],
    },
    Case {
        code: "CAT033",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: beta
  owner: team
",
        )],
        want: &[r#"CAT033 a.yaml:7:14-7:18 the lifecycle "beta" is not one of the usual ones"#],
    },
    Case {
        code: "CAT049",
        files: &[(
            "a.yaml",
            r#"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: new
spec:
  type: service
  owner: team
  parameters:
    properties:
      public:
        type: boolean
        default: no
      quoted: {type: boolean, default: "no"}
  steps: []
"#,
        )],
        want: &[r#"CAT049 a.yaml:12:18-12:20 no is a text here, not a boolean => "false""#],
    },
    Case {
        code: "CAT049",
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
  public: Yes
",
        )],
        want: &[r"CAT049 a.yaml:9:11-9:14 Yes is a text here, not a boolean"],
    },
    Case {
        code: "CAT050",
        files: &[(
            "a.yaml",
            r"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: new
spec:
  type: service
  owner: team
  steps:
    - action: fs:write
      input: {mode: 0644, count: 0, part: 0.5}
",
        )],
        want: &[r"CAT050 a.yaml:10:21-10:25 0644 is read as the number 644"],
    },
];
