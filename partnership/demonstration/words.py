"""What the demonstration says, in our own words, from the facts in the public papers."""

PARAGRAPHS = [
    "Dear colleague,",
    (
        "Thank you for giving us your morning. You come from councils, the NHS, charities, faith groups and "
        "community organisations, and we want every one of you to be heard."
    ),
    (
        "**Why now?** We are all busy restoring services and getting ready for winter. If we only ever deal "
        "with what is urgent, we lose what we learned this year about working across organisations."
    ),
    (
        "**Why Place?** Residents felt the difference when the walls between our organisations came down. That "
        "happened closest to home. So the Partnership Board chose Place as the first thing for us to talk "
        "about together."
    ),
    (
        "Before you come, please read what each place says about itself. On the day I will speak briefly to "
        "the slides, and then the time is yours."
    ),
    "Other topics matter just as much. We have kept a list of them for later assemblies.",
]
LETTER = "\n\n".join(PARAGRAPHS)

QUESTION = "What has to happen now to make Places work at their best?"
WILL_DO = "What I will do for my Place is…"
NEED = "What I need from other partners is…"

PARKED = [
    "What COVID-19 has taught us more widely",
    "Ten years of austerity and its effect on council services",
    "The NHS phase 3 letter on recovery",
    "Helping primary care networks become part of every place",
    "Changing health, wider inequalities and what shapes them",
    "Keeping acute services sustainable",
    "How clinical commissioning groups are arranged",
]

INTRODUCTIONS = {
    "Cheshire East": "Market towns, villages and an ageing population. We work in eight care communities.",
    "Cheshire West and Chester": "A city, new towns and farmland. Community partnerships bring neighbours together.",
    "Halton": "Two towns either side of the Mersey. One Halton joins up the council, the NHS and charities.",
    "Knowsley": "A young borough: some of the steepest inequalities in England, and some of its strongest networks.",
    "Liverpool": "Neighbourhood teams across the city work with schools, housing and voluntary groups.",
    "Sefton": "From Bootle to Southport: very different lives along one coast, planned for together.",
    "St Helens": "St Helens Cares brings adult social care and the NHS under one plan.",
    "Warrington": "Warrington Together: one plan for starting, living and ageing well.",
    "Wirral": "A peninsula with wide gaps in life expectancy. Healthy Wirral starts in nine neighbourhoods.",
}
SAID = {
    "Wirral": ("Open our hall to the vaccination team twice a week", "A named person in each GP practice"),
    "Halton": ("Share our carers register, with consent", "Funding that lasts longer than a year"),
    "Liverpool": ("Bring two housing associations to the next meeting", "One referral form, not eleven"),
    "Sefton": ("Train ten volunteers to help people get online", "Data about our neighbourhoods, in plain words"),
    "Knowsley": ("Host a walk-in session for young carers", "Council and NHS leads at the same table"),
}
PROGRAMME = [
    ("09:30", "09:45", "session", "Welcome", "Alan Yates, Chair"),
    ("09:45", "10:15", "session", "What the Partnership is, and why Place", "Alan Yates, Chair"),
    ("10:15", "10:45", "session", "Nine places introduce themselves", "Leads of the nine places"),
    ("10:45", "11:00", "break", "Break", ""),
    ("11:00", "12:00", "discussion", QUESTION, "Everybody, in groups by place"),
    ("12:00", "12:20", "discussion", "What we will do, and what we need", "Everybody"),
    ("12:20", "12:30", "session", "Close and next steps", "Alan Yates, Chair"),
]
