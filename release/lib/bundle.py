"""Looks at every entry of a bundle for Maven Central, and says what is wrong with it."""

import collections
import hashlib
import pathlib
import re
import subprocess
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
MODULE_NAME = re.compile(r"[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)+")


class Bundle:
    """A bundle that was unpacked, and what was found wrong with it so far."""

    def __init__(self, folder, group, version, modules, sources, gnupg_home):
        self.folder, self.group, self.version = folder, group, version
        self.modules, self.sources = modules, sources
        self.gnupg_home = gnupg_home
        self.repository_url = re.search("<repository.url>(.*)</", (sources / "pom.xml").read_text())[1]
        self.problems = []
        self.counts = collections.Counter()
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.checksums = [path for path in files if path.suffix[1:] in CHECKSUMS]
        self.signatures = [path for path in files if path.suffix == ".asc"]
        self.artifacts = sorted(set(files) - set(self.checksums) - set(self.signatures))

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
            ["gpg", "--homedir", str(self.gnupg_home), "--batch", "--status-fd", "1", "--verify", str(signature), str(path)],
            capture_output=True, text=True)
        self.counts["signatures"] += 1
        if answer.returncode != 0 or "[GNUPG:] VALIDSIG" not in answer.stdout:
            self.problem(signature, "does not verify")

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
            if kind == "":
                self.verify_manifest(path, jar)

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

    def verify_manifest(self, path, jar):
        names = jar.namelist()
        for name in ("META-INF/LICENSE", "META-INF/NOTICE"):
            if name not in names:
                self.problem(path, f"has no {name}")
        manifest = dict(line.split(": ", 1) for line in jar.read("META-INF/MANIFEST.MF").decode().splitlines() if ": " in line)
        if not MODULE_NAME.fullmatch(manifest.get("Automatic-Module-Name", "")):
            self.problem(path, "has no valid Automatic-Module-Name: set the property module.name in its pom")
        if manifest.get("Implementation-Version") != self.version:
            self.problem(path, f"is of version {manifest.get('Implementation-Version')}")


def differences(one, other):
    """What two builds made differently, by the names of their files."""
    def made(folder):
        return {str(path.relative_to(folder)): path for module in folder.glob("cruddur-obs-*")
                for pattern in ("target/*.jar", "target/bom.json", "target/bom.xml", ".flattened-pom.xml")
                for path in module.glob(pattern)}
    first, second = made(one), made(other)
    differ = sorted(set(first) ^ set(second))
    differ += sorted(name for name in set(first) & set(second) if first[name].read_bytes() != second[name].read_bytes())
    return len(first), differ
