"""What docs/security.md says is not among what comes with the modules, looked for in their bills of materials."""

import json

#: By group, or by group and name; the advisories that the page answers with "not in the tree".
ABSENT = {
    "org.apache.logging.log4j:log4j-core": "CVE-2021-44228",
    "io.opentelemetry": "CVE-2026-45292",
    "io.opentelemetry.instrumentation": "CVE-2023-45142",
    "io.opentelemetry.javaagent": "CVE-2023-45142",
}


def present(bills):
    """Names each that is there after all, with the module that brings it."""
    found = []
    for module, bill in sorted(bills.items()):
        for component in json.loads(bill.read_text()).get("components", ()):
            group, name = component.get("group", ""), component["name"]
            advisory = ABSENT.get(group) or ABSENT.get(f"{group}:{name}")
            if advisory:
                found.append(f"{group}:{name} {component['version']} ({module}): {advisory}")
    return found
