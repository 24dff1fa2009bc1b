"""The closed sets of words that facts are written in."""

from enum import StrEnum


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class IdType(StrEnum):
    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    OTHER = "other"


class Need(StrEnum):
    CHILD = "child"
    PREGNANT = "pregnant"
    DEPENDENT = "dependent"
    CHRONIC_ILLNESS = "chronic_illness"


class AreaLevel(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class PlaceKind(StrEnum):
    CHECKPOINT = "checkpoint"
    OBSERVATION_SITE = "observation_site"
    FEVER_CLINIC = "fever_clinic"
    DESIGNATED_HOSPITAL = "designated_hospital"
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    MARKET = "market"
    STATION = "station"
    OTHER = "other"


class Mode(StrEnum):
    AIRCRAFT = "aircraft"
    TRAIN_ENCLOSED = "train_enclosed"
    TRAIN_OPEN = "train_open"
    COACH_SEALED = "coach_sealed"
    COACH_VENTILATED = "coach_ventilated"
    SHIP = "ship"
    CAR = "car"


class BerthClass(StrEnum):
    SEAT = "seat"
    HARD_SLEEPER = "hard_sleeper"
    SOFT_SLEEPER = "soft_sleeper"


class Role(StrEnum):
    PASSENGER = "passenger"
    CREW = "crew"
    DRIVER = "driver"
    CONDUCTOR = "conductor"


class ExposureKind(StrEnum):
    HOUSEHOLD = "household"
    MEAL = "meal"
    CARE = "care"
    AEROSOL_PROCEDURE = "aerosol_procedure"
    WORK = "work"
    CLASS = "class"
    ENTERTAINMENT = "entertainment"
    MEETING = "meeting"
    CONVEYANCE = "conveyance"
    WARD = "ward"
    LIFT = "lift"
    BRIEF = "brief"
    CONTAMINATED_ENVIRONMENT = "contaminated_environment"
    ANIMAL = "animal"
    OTHER = "other"


WITHOUT_SOURCE_PERSON = frozenset({ExposureKind.ANIMAL, ExposureKind.CONTAMINATED_ENVIRONMENT})


class Classification(StrEnum):
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    ASYMPTOMATIC = "asymptomatic"
    RULED_OUT = "ruled_out"


class Sign(StrEnum):
    FEVER = "fever"
    COUGH = "cough"
    FATIGUE = "fatigue"
    SORE_THROAT = "sore_throat"
    DYSPNOEA = "dyspnoea"
    DIARRHOEA = "diarrhoea"
    VOMITING = "vomiting"
    LOSS_OF_SMELL = "loss_of_smell"
    OTHER = "other"


class Where(StrEnum):
    HOSPITAL = "hospital"
    CENTRALISED = "centralised"
    HOME_SEPARATE = "home_separate"
    HOME_SHARED = "home_shared"


class LabResult(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    PENDING = "pending"
    INVALID = "invalid"


class LabMethod(StrEnum):
    PCR = "pcr"
    ANTIGEN = "antigen"
    ANTIBODY = "antibody"


class Slot(StrEnum):
    AM = "am"
    PM = "pm"


class CheckOutcome(StrEnum):
    SEEN = "seen"
    PHONED = "phoned"
    ABSENT = "absent"
    REFUSED = "refused"
    WENT_OUT = "went_out"


class Category(StrEnum):
    """What a person is, strongest first."""

    CONFIRMED_CASE = "confirmed_case"
    SUSPECTED_CASE = "suspected_case"
    ASYMPTOMATIC_CASE = "asymptomatic_case"
    CLOSE_CONTACT = "close_contact"
    SECONDARY_CONTACT = "secondary_contact"
    SUSPECTED_EXPOSED = "suspected_exposed"
    RETURNEE = "returnee"
    CO_RESIDENT_OF_RETURNEE = "co_resident_of_returnee"
    CONTACT_OF_RETURNEE = "contact_of_returnee"
    GENERAL_CONTACT = "general_contact"
    NONE = "none"


CASES = frozenset({Category.CONFIRMED_CASE, Category.SUSPECTED_CASE, Category.ASYMPTOMATIC_CASE})
STRENGTH = {category: rank for rank, category in enumerate(Category)}


class PlaceOfObservation(StrEnum):
    HOME = "home"
    CENTRALISED = "centralised"


class ReleaseReason(StrEnum):
    COMPLETED = "completed"
    SOURCE_RULED_OUT = "source_ruled_out"
    NO_LONGER_REQUIRED = "no_longer_required"
    CONVERTED = "converted"
    DIED = "died"
    MOVED = "moved"
    OTHER = "other"


class Basis(StrEnum):
    VACCINATED = "vaccinated"
    BOOSTED = "boosted"
    PAST_INFECTION = "past_infection"
    IMMUNE_GLOBULIN = "immune_globulin"


class CallOutcome(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"


class NoticeKind(StrEnum):
    PLACING = "placing"
    EXTENSION = "extension"
    RELEASE = "release"


class TallyKind(StrEnum):
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    VEHICLES = "vehicles"
    FEVER = "fever"
    REFERRED = "referred"
