"""The licences of what comes with each module, from its bill of materials (CycloneDX)."""

import json

#: Names of licences as they stand in poms, by what they are. All of them allow use in closed products.
ALLOWED = {
    "Apache-2.0": ("Apache-2.0", "Apache License, Version 2.0", "The Apache Software License, Version 2.0",
                   "Apache License 2.0", "The Apache License, Version 2.0", "Apache License, version 2.0"),
    "MIT": ("MIT", "MIT License", "The MIT License", "MIT-0"),
    "BSD": ("BSD-2-Clause", "BSD-3-Clause", "Go License", "BSD", "The BSD License", "New BSD License"),
    "EPL": ("EPL-1.0", "EPL-2.0", "Eclipse Public License - v 2.0", "Eclipse Public License - v 1.0"),
    "CC0": ("CC0-1.0", "Public Domain, per Creative Commons CC0"),
}
#: What may be had under one of several licences, by what its makers say: a pom that lists two does not say "or" or "and".
CHOICE = {
    "ch.qos.logback:logback-classic", "ch.qos.logback:logback-core",
    "org.eclipse.jetty:jetty-http", "org.eclipse.jetty:jetty-io", "org.eclipse.jetty:jetty-server", "org.eclipse.jetty:jetty-util",
    "org.hdrhistogram:HdrHistogram",
}
KIND = {name: kind for kind, names in ALLOWED.items() for name in names}


def names_of(component):
    """Each licence by its SPDX id, else by its name or its expression."""
    names = []
    for entry in component.get("licenses", ()):
        licence = entry.get("license", {})
        names.append(licence.get("id") or licence.get("name") or entry.get("expression"))
    return list(dict.fromkeys(names))


def report(bills, own_group):
    """Returns the table as Markdown, and what is not allowed."""
    rows, refused = {}, []
    for module, bill in sorted(bills.items()):
        for component in json.loads(bill.read_text())["components"]:
            if component.get("group") == own_group:
                continue
            coordinates = f"{component.get('group', '')}:{component['name']}"
            names = names_of(component)
            allowed = any if coordinates in CHOICE else all
            if not names or not allowed(name in KIND for name in names):
                refused.append(f"{coordinates} {component['version']} ({module}): {', '.join(names) or 'no licence is named'}")
            row = rows.setdefault(coordinates, ((" or " if coordinates in CHOICE else " and ").join(names), set()))
            row[1].add(module.removeprefix("cruddur-obs-"))
    lines = ["| library | licence | comes with |", "|---|---|---|"]
    lines += [f"| {name} | {licence} | {', '.join(sorted(modules))} |" for name, (licence, modules) in sorted(rows.items())]
    return "\n".join(lines) + "\n", refused
