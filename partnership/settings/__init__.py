"""Every setting, read from the environment. `.env.example` lists each with its meaning."""

# isort: off
# in the order in which one would ask
from partnership.settings.base import *  # who is served, and where it is kept
from partnership.settings.apps import *  # what the portal is made of, and what apps ask of each other
from partnership.settings.accounts import *  # who you are, and how you sign in
from partnership.settings.pages import *  # what it says, in which language, and the files its pages load
from partnership.settings.security import *  # what a browser may do with it
from partnership.settings.mail import *  # what it sends
from partnership.settings.background import *  # what works while nobody waits
from partnership.settings.logs import *  # what it writes down
from partnership.settings.meetings import *  # what the law of meetings lets change
from partnership.settings.keeping import *  # how long things are kept, and how long people have
