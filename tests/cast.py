"""The fixed cast: a faculty with three departments and a partner, and the people who work there."""

from dataclasses import dataclass

from django.test import Client

from organisation.models import Unit, UnitGroup, User
from tests import factories as make


@dataclass(frozen=True)
class Cast:
    """Who and what every test may meet. Each person's field names their role, each unit's its slug."""

    university: Unit
    hf: Unit
    ihk: Unit
    isl: Unit
    imu: Unit
    students: Unit
    departments: UnitGroup
    adviser: User  # editor at the faculty
    coordinator: User  # contributor at two departments, ihk and isl
    dean: User  # leader at the faculty
    reader: User  # reader at the faculty
    outsider: User  # editor at another faculty
    administrator: User  # administrator of the university

    @property
    def people(self) -> dict[str, User]:
        names = ("adviser", "coordinator", "dean", "reader", "outsider", "administrator")
        return {name: getattr(self, name) for name in names}


def make_cast() -> Cast:
    university = make.unit("ntnu", kind="institution", name="Universitetet")
    hf = make.unit("hf", university, kind="faculty", name="Det humanistiske fakultet", short_name="HF")
    other = make.unit("nv", university, kind="faculty", name="Fakultet for naturvitenskap", short_name="NV")
    ihk = make.unit("ihk", hf, name="Institutt for historiske og klassiske studier", short_name="IHK")
    isl = make.unit("isl", hf, name="Institutt for språk og litteratur", short_name="ISL")
    imu = make.unit("imu", hf, name="Institutt for musikk", short_name="IMU")
    return Cast(
        university=university,
        hf=hf,
        ihk=ihk,
        isl=isl,
        imu=imu,
        students=make.unit("studentene", university, kind="partner", name="Studentene", is_participating=False),
        departments=make.group("instituttene", hf, name="Instituttene"),
        adviser=make.user("adviser@hf.example", ("editor", hf), name="Rådgiver"),
        coordinator=make.user("coordinator@hf.example", ("contributor", ihk), ("contributor", isl), name="Koordinator"),
        dean=make.user("dean@hf.example", ("leader", hf), name="Dekan"),
        reader=make.user("staff@hf.example", ("reader", hf), name="Ansatt"),
        outsider=make.user("adviser@nv.example", ("editor", other), name="Rådgiver ved NV"),
        administrator=make.user("admin@ntnu.example", ("administrator", university), name="Administrator"),
    )


def client_of(person: User | None) -> Client:
    """A browser where this person is logged in, or nobody."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def session_of(person: User) -> str:
    """What a browser holds to be this person, without the login page."""
    return client_of(person).cookies["sessionid"].value
