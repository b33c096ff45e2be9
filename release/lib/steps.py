"""What the scripts share: progress, Maven, a copy of the sources."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


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


def stage(folder, log, *arguments, environment=None):
    """Builds the bundle as it would go to the portal; nothing is sent: the upload's address is a closed port, too."""
    maven(folder, log, "-Prelease", "-pl", ",".join(published()), "-Dmaven.test.skip", "-Dspotless.check.skip",
          "-DskipUpload", "-DcentralBaseUrl=http://127.0.0.1:9",
          *arguments, "deploy", environment=environment)
    bundles = list(folder.glob("**/central-bundle.zip"))
    if len(bundles) != 1:
        raise Failed(f"expected one bundle, found {bundles}; Maven's output is in {log}")
    return bundles[0]
