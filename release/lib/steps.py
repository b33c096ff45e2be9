"""What the scripts share: progress, Maven, a copy of the sources."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: How a release is built, whether it is looked at or uploaded: what goes out is what was checked.
RELEASE = ("-Prelease", "-Dmaven.test.skip", "-Dspotless.check.skip")


class Failed(Exception):
    """Ends the script with this text and without a stack trace."""


class Progress:
    """One line a step: its number, what it does, what came of it and how long it took."""

    def __init__(self, steps):
        self.steps, self.step = steps, 0

    def run(self, what, action):
        self.step += 1
        print(f"[{self.step}/{self.steps}] {what} ...", end="", flush=True)
        start = time.monotonic()
        try:
            result = action()
        except BaseException:
            print(" failed")
            raise
        print(f" {result or 'ok'} ({time.monotonic() - start:.0f} s)", flush=True)


def main(action):
    try:
        action()
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def need(tool, how):
    if not shutil.which(tool):
        raise Failed(f"{tool} is missing: {how}")


def need_tools():
    """Git, gpg, Maven and a JDK 17; returns what Maven says of itself and of that JDK."""
    need("git", "install git")
    need("gpg", "install GnuPG, on Debian and Ubuntu: apt-get install gnupg")
    return need_maven()


def need_maven():
    need(os.environ.get("MVN", "mvn"), "install Maven 3.8.7 or newer")
    said = maven_version()
    if jdk_of(said).split(".")[0] != "17":
        raise Failed(f"A release is built by a JDK 17, for another one's compiler writes other bytes: set JAVA_HOME. It is now\n{said}")
    return said


def maven_version(home=None):
    """What Maven says of itself and of the JDK that it takes, which is the one at home if that is given."""
    said = subprocess.run([os.environ.get("MVN", "mvn"), "-B", "-v"], check=True, capture_output=True, text=True,
                          env={**os.environ, **({"JAVA_HOME": home} if home else {})}).stdout
    return re.sub("\x1b\\[[0-9;]*m", "", said)


def jdk_of(said):
    return re.search(r"^Java version: ([^,\n]+)", said, re.MULTILINE)[1]


def published():
    """The folders of the modules that are published: those whose name begins like the project's."""
    return sorted(path.parent.name for path in ROOT.glob("cruddur-obs-*/pom.xml"))


def copy_sources(target):
    """What git knows and what is new, without what it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        source = ROOT / name
        if source.is_file():  # else it is deleted and not yet committed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)


def maven(folder, log, *arguments, environment=None):
    """Runs Maven; its output goes to the log, whose end is shown if it fails."""
    with open(log, "wb") as output:
        code = subprocess.run(
            [os.environ.get("MVN", "mvn"), "-B", "-ntp", *arguments],
            cwd=folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}).returncode
    if code != 0:
        lines = log.read_text(errors="replace").splitlines()
        wrong = [line for line in lines if "ERROR" in line or "WARN" in line and "javadoc" in line][:25] or lines[-25:]
        raise Failed("\n".join(wrong) + f"\n\nMaven failed; all of it is in {log}")


def of_project(tag):
    """What the parent's pom says of itself."""
    return re.search(f"^  <{tag}>(.*)</{tag}>$", (ROOT / "pom.xml").read_text(), re.MULTILINE)[1]


def release_version():
    return of_project("version").removesuffix("-SNAPSHOT")


def set_version(folder, version):
    subprocess.run([str(folder / "release" / "set"), "version", version], check=True, stdout=subprocess.DEVNULL)


def stage(folder, log, *arguments, upload=False, environment=None):
    """Builds the bundle; unless it is to be uploaded nothing is sent, for the upload's address is a closed port, too."""
    nowhere = () if upload else ("-DskipUpload", "-DcentralBaseUrl=http://127.0.0.1:9")
    maven(folder, log, *RELEASE, "-pl", ",".join(published()), *nowhere, *arguments, "deploy", environment=environment)
    bundles = list(folder.glob("**/central-bundle.zip"))
    if len(bundles) != 1:
        raise Failed(f"expected one bundle, found {bundles}; Maven's output is in {log}")
    return bundles[0]


def unpack(bundle, name, out):
    """Puts a bundle and what is in it into a folder; returns both."""
    copy, repository = out / name, out / "repository"
    shutil.copy(bundle, copy)
    shutil.unpack_archive(copy, repository)
    return copy, repository


def forget(version):
    """What Maven keeps of a staged version in the local repository, for `deploy` installs, would be taken the next time, too."""
    local = re.search(r"-Dmaven\.repo\.local=(\S+)", os.environ.get("MAVEN_OPTS", ""))
    repository = pathlib.Path(local[1]) if local else pathlib.Path.home() / ".m2" / "repository"
    for module in published():
        shutil.rmtree(repository / of_project("groupId").replace(".", "/") / module / version, ignore_errors=True)
