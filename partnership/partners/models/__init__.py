from partnership.partners.models.contact import Contact
from partnership.partners.models.directory_import import DirectoryImport, DirectoryImportFile, DirectoryImportRow
from partnership.partners.models.group import PeopleGroup
from partnership.partners.models.membership import Membership
from partnership.partners.models.merge import Merge, NotAlike
from partnership.partners.models.partner import Partner
from partnership.partners.models.place import PlacePartner

__all__ = [
    "Contact",
    "DirectoryImport",
    "DirectoryImportFile",
    "DirectoryImportRow",
    "Membership",
    "Merge",
    "NotAlike",
    "Partner",
    "PeopleGroup",
    "PlacePartner",
]
