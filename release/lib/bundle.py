"""Looks at every entry of a bundle for Maven Central, and says what is wrong with it."""

import collections
import hashlib
import pathlib
import re
import subprocess
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
import zipfile

CHECKSUMS = ("md5", "sha1", "sha256", "sha512")
#: What the portal asks for; a file without these two is refused.
CHECKSUMS_ASKED = {"md5", "sha1"}
POM = "{http://maven.apache.org/POM/4.0.0}"
POM_ASKED = ("name", "description", "url", "licenses/license/name", "licenses/license/url",
             "developers/developer/name", "scm/url", "scm/connection", "scm/developerConnection")
#: Of a pom that strangers read: nothing of ours that they would have to have, too.
POM_FORBIDDEN = ("parent", "repositories", "pluginRepositories", "profiles", "modules", "distributionManagement")
CLASS_FILE_OF_JAVA_17 = 61
JDK = "17"
#: What the runnable jar has beside ours, by the beginning of the names of its classes; each is in docs/third-party.md.
SHADED = ("com/fasterxml/jackson/annotation/", "org/eclipse/jetty/", "org/jspecify/", "org/slf4j/", "tools/jackson/")
MODULE_NAME = re.compile(r"[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)+")


class Bundle:
    """A bundle that was unpacked, and what was found wrong with it so far."""

    def __init__(self, folder, group, version, modules, sources, gnupg_home=None, key=None):
        """The key is the fingerprint that must have signed everything; unless given, it is one and the same at least."""
        self.folder, self.group, self.version = folder, group, version
        self.modules, self.sources = modules, sources
        self.gnupg, self.key = ["gpg", *(["--homedir", str(gnupg_home)] if gnupg_home else [])], key
        self.keys = set()
        self.repository_url = re.search("<repository.url>(.*)</", (sources / "pom.xml").read_text())[1]
        self.problems = []
        self.counts = collections.Counter()
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.checksums = [path for path in files if path.suffix[1:] in CHECKSUMS]
        self.signatures = [path for path in files if path.suffix == ".asc"]
        self.artifacts = sorted(set(files) - set(self.checksums) - set(self.signatures))
        self.third_party = (sources / "docs" / "third-party.md").read_text()

    def verify(self):
        self.verify_content()
        for artifact in self.artifacts:
            self.verify_place(artifact)
            self.verify_checksums(artifact)
            self.verify_signature(artifact)
            if artifact.suffix == ".pom":
                self.verify_pom(artifact)
            elif artifact.suffix == ".jar":
                self.verify_jar(artifact)
        if len(self.keys) > 1:
            self.problem("the bundle", f"is signed by several keys: {', '.join(sorted(self.keys))}")
        for extra in self.checksums + self.signatures:
            if extra.with_suffix("") not in self.artifacts and extra.with_suffix("").suffix != ".asc":
                self.problem(extra, "belongs to no artifact")

    def problem(self, path, what):
        self.problems.append(f"{path.relative_to(self.folder) if isinstance(path, pathlib.Path) else path}: {what}")

    def module_of(self, path):
        return path.parent.parent.name

    def verify_content(self):
        """Each module that is published, whole, and nothing else."""
        names = {str(path.relative_to(self.folder)) for path in self.artifacts}
        expected = set()
        for module in self.modules:
            base = f"{self.group.replace('.', '/')}/{module}/{self.version}/{module}-{self.version}"
            kinds = [".pom"]
            if (self.sources / module / "src").is_dir():
                kinds += [".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml"]
            if module == "cruddur-obs-console":
                kinds.append("-app.jar")
            expected.update(base + kind for kind in kinds)
        for missing in sorted(expected - names):
            self.problem(missing, "is missing")
        for surplus in sorted(names - expected):
            self.problem(surplus, "should not be there")

    def verify_place(self, path):
        if "SNAPSHOT" in str(path.relative_to(self.folder)):
            self.problem(path, "is a snapshot")

    def verify_checksums(self, path):
        data = path.read_bytes()
        found = set()
        for kind in CHECKSUMS:
            file = path.with_name(f"{path.name}.{kind}")
            if file.is_file():
                found.add(kind)
                self.counts["checksums"] += 1
                if file.read_text().split()[0] != hashlib.new(kind, data).hexdigest():
                    self.problem(file, "does not match")
        for missing in sorted(CHECKSUMS_ASKED - found):
            self.problem(path, f"has no {missing}")

    def verify_signature(self, path):
        signature = path.with_name(path.name + ".asc")
        if not signature.is_file():
            self.problem(path, "is not signed")
            return
        answer = subprocess.run(
            [*self.gnupg, "--batch", "--status-fd", "1", "--verify", str(signature), str(path)],
            capture_output=True, text=True)
        self.counts["signatures"] += 1
        # Its last word is the fingerprint of the key itself, also where one of its subkeys has signed.
        valid = re.search(r"^\[GNUPG:] VALIDSIG .*?(\S+)$", answer.stdout, re.MULTILINE)
        if answer.returncode != 0 or not valid:
            self.problem(signature, "does not verify")
            return
        self.keys.add(valid[1])
        if self.key and valid[1] != self.key:
            self.problem(signature, f"is by {valid[1]} and not by {self.key}")

    def verify_pom(self, path):
        self.counts["poms"] += 1
        text = path.read_text()
        if "SNAPSHOT" in text:
            self.problem(path, "speaks of a snapshot")
        if "${" in text:
            self.problem(path, f"has a property in it: {re.search(r'[$]{[^}]*}', text)[0]}")
        pom = ElementTree.fromstring(text)

        def at(place, node=pom):
            return node.find(POM + place.replace("/", "/" + POM))

        for place in POM_ASKED:
            node = at(place)
            if node is None or not (node.text or "").strip():
                self.problem(path, f"has no {place}")
        for place in ("url", "scm/url"):
            if at(place) is not None and at(place).text != self.repository_url:
                self.problem(path, f"{place} is {at(place).text} and not {self.repository_url}")
        for place in POM_FORBIDDEN:
            if at(place) is not None:
                self.problem(path, f"has {place}")
        own = [at(place).text if at(place) is not None else None for place in ("groupId", "artifactId", "version")]
        if own != [self.group, self.module_of(path), self.version]:
            self.problem(path, f"is of {own}")
        for dependency in pom.iter(POM + "dependency"):
            name = ":".join(at(part, dependency).text for part in ("groupId", "artifactId"))
            scope = at("scope", dependency)
            if at("version", dependency) is None:
                self.problem(path, f"asks for {name} without a version")
            if scope is not None and scope.text in ("test", "system"):
                self.problem(path, f"asks for {name} in scope {scope.text}")

    def verify_jar(self, path):
        self.counts["jars"] += 1
        kind = path.stem.removeprefix(f"{self.module_of(path)}-{self.version}").removeprefix("-")
        with zipfile.ZipFile(path) as jar:
            names = [name for name in jar.namelist() if not name.endswith("/")]
            for name, count in collections.Counter(names).items():
                if count > 1:
                    self.problem(path, f"has {name} {count} times")
            if kind == "javadoc":
                if "index.html" not in names:
                    self.problem(path, "has no index.html")
                return
            for name in names:
                self.verify_source(path, name)
                if name.endswith(".class") and name.startswith("io/cruddur/"):
                    self.counts["classes"] += 1
                    with jar.open(name) as file:
                        major = int.from_bytes(file.read(8)[6:8], "big")
                    if major != CLASS_FILE_OF_JAVA_17:
                        self.problem(path, f"{name} is of class file version {major}")
            if kind in ("", "app"):
                self.verify_manifest(path, jar)
            if kind == "app":
                self.verify_shaded(path, names)
            elif kind == "":
                self.verify_nothing_shaded(path, names)

    def verify_source(self, path, name):
        """Of ours, only what src/main has: so no test, example or benchmark."""
        if not name.startswith("io/cruddur/"):
            return
        main = self.sources / self.module_of(path) / "src" / "main"
        if name.endswith((".class", ".java")):
            type_name = re.sub(r"(\$.*)?\.(class|java)$", "", name)
            found = (main / "java" / f"{type_name}.java").is_file()
        else:
            found = (main / "resources" / name).is_file() or (main / "java" / name).is_file()
        if not found:
            self.problem(path, f"{name} is not from src/main of {self.module_of(path)}")

    def verify_shaded(self, path, names):
        """Of others, what docs/third-party.md names, by its classes and by what its pom calls it."""
        for name in names:
            inner = re.sub(r"^META-INF/versions/\d+/", "", name)
            if inner.endswith(".class") and not inner.startswith(("io/cruddur/obs/", *SHADED)):
                self.problem(path, f"has {name}, of which docs/third-party.md knows nothing")
        for group, artifact in sorted({tuple(name.split("/")[2:4]) for name in names if name.startswith("META-INF/maven/")}):
            if group != self.group and f"| {group}:{artifact} |" not in self.third_party:
                self.problem(path, f"has {group}:{artifact}, which is not in docs/third-party.md")

    def verify_nothing_shaded(self, path, names):
        for name in names:
            if name.endswith(".class") and not name.startswith("io/cruddur/obs/"):
                self.problem(path, f"{name} is not ours")

    def verify_manifest(self, path, jar):
        names = jar.namelist()
        for name in ("LICENSE", "NOTICE", "third-party.md"):
            if f"META-INF/{name}" not in names:
                self.problem(path, f"has no META-INF/{name}")
        for name, file in (("LICENSE", "LICENSE"), ("NOTICE", "NOTICE"), ("third-party.md", "docs/third-party.md")):
            # The runnable jar's NOTICE has those of others below.
            if f"META-INF/{name}" in names and (self.sources / file).read_text().strip() not in jar.read(f"META-INF/{name}").decode():
                self.problem(path, f"META-INF/{name} is not ours")
        manifest = dict(line.split(": ", 1) for line in jar.read("META-INF/MANIFEST.MF").decode().splitlines() if ": " in line)
        if not MODULE_NAME.fullmatch(manifest.get("Automatic-Module-Name", "")):
            self.problem(path, "has no valid Automatic-Module-Name: set the property module.name in its pom")
        if manifest.get("Implementation-Version") != self.version:
            self.problem(path, f"is of version {manifest.get('Implementation-Version')}")
        if manifest.get("Build-Jdk-Spec") != JDK:
            self.problem(path, f"was built by JDK {manifest.get('Build-Jdk-Spec')} and not {JDK}")


def artifacts(repository):
    """What is signed, in a bundle that was unpacked: without signatures and checksums."""
    return sorted(path for path in repository.rglob("*") if path.is_file() and path.suffix[1:] not in (*CHECKSUMS, "asc"))


def differences(repository, build):
    """Compares a bundle with what another build of the same sources has made; returns the number of files and what differs."""
    differ, files = [], artifacts(repository)
    for path in files:
        module, version = path.parent.parent.name, path.parent.name
        folder = build / module
        made = {".pom": folder / ".flattened-pom.xml",
                "-cyclonedx.json": folder / "target" / "bom.json",
                "-cyclonedx.xml": folder / "target" / "bom.xml",
                }.get(path.name.removeprefix(f"{module}-{version}"), folder / "target" / path.name)
        if not made.is_file() or made.read_bytes() != path.read_bytes():
            differ.append((path, made))
    return len(files), differ


def compare(repository, place):
    """Compares a bundle with a repository, by folder or address; returns the number of files and the names of what differs."""
    differ, files = [], artifacts(repository)
    for path in files:
        name = path.relative_to(repository).as_posix()
        other = read(place, name)
        if other is None:
            differ.append(f"{name} is not there")
        elif other != path.read_bytes():
            differ.append(name)
    return len(files), differ


def read(place, name):
    if not place.startswith(("https://", "http://")):
        file = pathlib.Path(place, name)
        return file.read_bytes() if file.is_file() else None
    try:
        with urllib.request.urlopen(f"{place.rstrip('/')}/{name}", timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise
