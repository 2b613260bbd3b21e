//! References that lead nowhere, astray or in a circle.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT030",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
  dependsOn: [resource:db]
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
        ],
        want: &[r"CAT030 a.yaml:9:15-9:26 resource:default/db is not in the catalog (dependsOn)"],
    },
    Case {
        code: "CAT031",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: gone
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
        ],
        want: &[r"CAT031 a.yaml:8:10-8:14 the owner group:default/gone is not in the catalog"],
    },
    Case {
        code: "CAT031",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: jane
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
        ],
        want: &[
            r#"CAT031 a.yaml:8:10-8:14 the owner group:default/jane is not in the catalog => "user:jane""#,
        ],
    },
    Case {
        code: "CAT032",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: system:x
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
        ],
        want: &[
            r"CAT032 a.yaml:8:10-8:18 the owner system:default/x is neither a group nor a user",
        ],
    },
    Case {
        code: "CAT021",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
  dependsOn:
    - db
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
            (
                "c.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: db
spec:
  type: database
  owner: team
",
            ),
        ],
        want: &[
            r#"CAT021 a.yaml:10:7-10:9 "db" names no kind: write kind:db, for example component:db => "resource:db""#,
        ],
    },
    Case {
        code: "CAT038",
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
  system: component:default/other
",
        )],
        want: &[
            r"CAT038 a.yaml:9:11-9:34 spec.system names component:default/other, which is not of kind System",
        ],
    },
    Case {
        code: "CAT039",
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
  dependsOn: ["component:Shop"]
"#,
        )],
        want: &[r"CAT039 a.yaml:9:15-9:31 component:default/shop names itself in spec.dependsOn"],
    },
    Case {
        code: "CAT040",
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
  consumesApis:
    - pay
    - default/pay
    - other
",
        )],
        want: &[
            r#"CAT040 a.yaml:11:7-11:18 api:default/pay is already in spec.consumesApis => """#,
        ],
    },
    Case {
        code: "CAT041",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  parent: sales
  children: []
  members: [jane]
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: sales
spec:
  type: team
  parent: team
  children: []
",
            ),
        ],
        want: &[
            r"CAT041 b.yaml:14:11-14:15 group:default/sales is above itself, by way of group:default/team",
        ],
    },
    Case {
        code: "CAT042",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: team
  dependsOn: [resource:db]
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
  members: [jane]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [team]
",
            ),
            (
                "c.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: db
spec:
  type: database
  owner: team
  dependencyOf:
    - component:shop
",
            ),
        ],
        want: &[r"CAT042 c.yaml:9:7-9:21 component:default/shop says the same with dependsOn"],
    },
];
