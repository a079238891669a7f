from partnership.partners.forms.contact import ContactForm
from partnership.partners.forms.directory_import import DirectoryUploadForm
from partnership.partners.forms.ending import CloseForm, LeaveForm, MergeForm
from partnership.partners.forms.organisation import JoinForm, NewOrganisationForm, OrganisationSearchForm, RefuseForm
from partnership.partners.forms.partner import OwnPageForm, PartnerForm
from partnership.partners.forms.search import PartnerSearch

__all__ = [
    "CloseForm",
    "ContactForm",
    "DirectoryUploadForm",
    "JoinForm",
    "LeaveForm",
    "MergeForm",
    "NewOrganisationForm",
    "OrganisationSearchForm",
    "OwnPageForm",
    "PartnerForm",
    "PartnerSearch",
    "RefuseForm",
]
