"""Before a Neo4j server can start: its jars, whole or fetched again, and a Java that it runs on."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.neo4j_server.errors import JarsNotFetched, NoJava
from scripts.neo4j_server.jars import is_whole, main_class, whole_jars
from scripts.neo4j_server.java import find_java, oldest_java_for
from scripts.neo4j_server.maven import POM, copy_jars
from scripts.neo4j_server.servers import LTS
from tests.faults.programs import FAILING_MAVEN, JARS, fake_java, fake_maven

JAVA = Path("/usr/bin/java")


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """What the fake mvn, which stands first on the path, was called for."""
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    return fake_maven(tmp_path)


def number_of(calls: Path) -> int:
    return len(calls.read_text(encoding="utf-8").splitlines())


def test_jars_are_fetched_once(tmp_path, calls):
    first = whole_jars(LTS, tmp_path, JAVA)
    second = whole_jars(LTS, tmp_path, JAVA)

    assert first == second
    assert sorted(jar.name for jar in first.glob("*.jar")) == sorted(JARS)
    assert number_of(calls) == 1


def test_each_version_has_its_own_jars(tmp_path, calls):
    whole_jars(LTS, tmp_path, JAVA)

    with pytest.raises(
        JarsNotFetched, match=r"without neo4j-2026\.02\.2\.jar and neo4j-server-2026\.02\.2\.jar"
    ):
        whole_jars("2026.02.2", tmp_path, JAVA)
    assert number_of(calls) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda lib: (lib / JARS[2]).unlink(),
        lambda lib: (lib / JARS[2]).write_bytes(b"the first half"),
        lambda lib: (lib / "jars.json").unlink(),
        lambda lib: (lib / "jars.json").write_text("{"),
    ],
    ids=["a jar is missing", "a jar is cut short", "their list is missing", "their list is cut short"],
)
def test_half_fetched_jars_are_noticed_and_fetched_again(tmp_path, calls, damage, capfd):
    damage(whole_jars(LTS, tmp_path, JAVA))

    lib = whole_jars(LTS, tmp_path, JAVA)

    assert is_whole(lib)
    assert number_of(calls) == 2
    assert f"The jars in {lib} are not complete and are fetched again." in capfd.readouterr().err


@pytest.mark.usefixtures("calls")
def test_what_a_killed_fetch_left_behind_is_not_used(tmp_path):
    left = tmp_path / LTS / "fetching-1"
    left.mkdir(parents=True)
    (left / "half.jar").write_bytes(b"half")

    lib = whole_jars(LTS, tmp_path, JAVA)

    assert not (lib / "half.jar").exists()
    assert not left.exists()


@pytest.mark.usefixtures("calls")
def test_a_fetch_that_fails_says_why_and_leaves_nothing_that_looks_whole(tmp_path):
    fake_maven(tmp_path, FAILING_MAVEN)

    with pytest.raises(JarsNotFetched, match=r"could not fetch Neo4j 5\.26\.26.*\nthe line broke"):
        whole_jars(LTS, tmp_path, JAVA)

    assert [file.name for file in (tmp_path / LTS).iterdir()] == ["lib.lock"]


def test_those_who_fetch_at_once_wait_for_one_another(tmp_path, calls):
    with ThreadPoolExecutor() as people:
        libs = list(people.map(lambda _: whole_jars(LTS, tmp_path, JAVA), range(4)))

    assert set(libs) == {tmp_path / LTS / "lib"}
    assert number_of(calls) == 1


def test_the_class_to_start_is_the_one_that_the_jar_names(tmp_path, calls):
    assert main_class(whole_jars(LTS, tmp_path, JAVA), LTS) == "org.example.Neo4j"


def test_without_maven_and_apt_the_message_asks_for_maven(tmp_path, monkeypatch):
    for tool in ("bash", "dirname", "realpath"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(JarsNotFetched, match="mvn was not found. Please install Maven."):
        copy_jars(LTS, tmp_path / "lib", JAVA)


def test_the_pom_leaves_the_address_of_the_repository_to_the_machine():
    assert "://" not in POM
    assert "repositor" not in POM


@pytest.mark.parametrize(("version", "oldest"), [("5.26.26", 17), ("2025.01.0", 21), ("2026.02.2", 21)])
def test_versions_named_by_year_need_a_newer_java(version, oldest):
    assert oldest_java_for(version) == oldest


@pytest.mark.parametrize(
    ("spoken", "is_enough"), [("16.0.2", False), ("17", True), ("18-ea", True), ("1.8.0_392", False)]
)
def test_the_oldest_java_that_is_enough(tmp_path, spoken, is_enough):
    java = fake_java(tmp_path, spoken)

    if is_enough:
        assert find_java(17, [java]) == java
    else:
        with pytest.raises(NoJava):
            find_java(17, [java])


def test_the_first_java_that_is_new_enough_is_taken(tmp_path):
    javas = [fake_java(tmp_path / version, version) for version in ("17", "25", "21")]

    assert find_java(21, [tmp_path / "nowhere", *javas]) == javas[1]


def test_without_a_java_the_message_names_those_that_are_too_old(tmp_path):
    java = fake_java(tmp_path, "17.0.1")

    with pytest.raises(
        NoJava, match=rf"Java 21 or newer is needed .* only {java} \(17\)\. Please install it"
    ):
        find_java(21, [java])
