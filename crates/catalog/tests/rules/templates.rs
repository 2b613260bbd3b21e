//! Templates that cannot run as they are meant.
use super::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        code: "CAT070",
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
    - id: fetch
      name: Fetch
",
        )],
        want: &[r"CAT070 a.yaml:9:7-9:9 step 1 has no action"],
    },
    Case {
        code: "CAT071",
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
    - {id: a, action: x}
    - {id: a, action: x}
",
        )],
        want: &[r"CAT071 a.yaml:10:12-10:13 another step has the id a as well"],
    },
    Case {
        code: "CAT072",
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
    - id: a
      action: x
      input:
        now: ${{ steps.b.output.x }} and ${{ steps.c }}
    - {id: b, action: x}
",
        )],
        want: &[
            r"CAT072 a.yaml:12:18-12:25 the step b has not run yet here",
            r"CAT072 a.yaml:12:46-12:53 there is no step c",
        ],
    },
    Case {
        code: "CAT073",
        files: &[(
            "a.yaml",
            r"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: new
spec:
  type: service
  owner: team
  parameters:
    - properties: {name: {type: string}}
  steps:
    - action: x
      if: ${{ parameters.name and parameters['nmae'] }}
",
        )],
        want: &[r"CAT073 a.yaml:12:35-12:53 there is no parameter nmae"],
    },
    Case {
        code: "CAT074",
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
    - {id: fetch-base, action: x}
  output:
    text: |
      é ${{ steps.fetch-base.output.x }}
",
        )],
        want: &[
            r#"CAT074 a.yaml:12:13-12:29 steps.fetch-base is read as a subtraction => "steps['fetch-base']""#,
        ],
    },
    Case {
        code: "CAT074",
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
    - {id: fetch-base, action: x}
  output:
    ok: ${{ steps['fetch-base'].output.x }}
    single: '${{ steps.fetch-base.output.x }}'
",
        )],
        want: &[r"CAT074 a.yaml:12:18-12:34 steps.fetch-base is read as a subtraction"],
    },
    Case {
        code: "CAT075",
        files: &[(
            "a.yaml",
            r"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: new
spec:
  type: service
  owner: team
  parameters:
    required: [nmae, other]
    properties: {name: {type: string}}
  steps: []
",
        )],
        want: &[
            r#"CAT075 a.yaml:9:16-9:20 the parameter nmae is required, and there is none => "name""#,
            r"CAT075 a.yaml:9:22-9:27 the parameter other is required, and there is none",
        ],
    },
];
