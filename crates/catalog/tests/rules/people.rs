//! People, groups and owners.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT080",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: joe
spec:
  memberOf: [team]
  profile:
    email: Joe Doe
",
        )],
        want: &[r#"CAT080 a.yaml:8:12-8:19 "Joe Doe" is not an e-mail address"#],
    },
    Case {
        code: "CAT081",
        files: &[(
            "a.yaml",
            r"apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: joe
spec:
  memberOf: [team]
  profile:
    picture: joe.png
",
        )],
        want: &[r#"CAT081 a.yaml:8:14-8:21 "joe.png" is not the URL of a picture"#],
    },
    Case {
        code: "CAT043",
        files: &[(
            "a.yaml",
            r"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: new
spec:
  type: service
  steps: []
",
        )],
        want: &[r"CAT043 a.yaml:4:9-4:12 nobody owns this"],
    },
    Case {
        code: "CAT044",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team
spec:
  type: team
  children: []
",
            ),
            (
                "b.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: sales
spec:
  type: team
  children: [shop]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: jane
spec:
  memberOf: [shop]
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: shop
spec:
  type: team
  children: []
",
            ),
        ],
        want: &[r"CAT044 a.yaml:4:9-4:13 nobody is in this group"],
    },
    Case {
        code: "CAT045",
        files: &[
            (
                "a.yaml",
                r"apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: joe
spec:
  memberOf: []
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
        want: &[r"CAT045 a.yaml:4:9-4:12 this user is in no group"],
    },
];
