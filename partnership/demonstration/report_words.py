"""What the cover report of 14 September 2020 says, in our own words, after the public paper."""

from assemblies.papers.report_text import ReportText, Section

PLAN = "Partnership Southwark draft Recovery Plan"
SLIDES = 57  # of the plan; the report leads to them
APPENDICES = {
    PLAN: [
        "This file stands for the plan that the board received. The plan itself is a public paper of that meeting.",
        "Four workstreams: Start Well, Live Well, Age Well, Care Well.",
        "Eleven golden threads run through them.",
    ],
    "Strategic chair: draft role outline": [
        "This file stands for the outline that the board received.",
        "The chair would answer to the strategic board of the partnership.",
    ],
}
FIELDS = {
    "groups_affected": "Everybody in Southwark, and most of all the communities that COVID-19 hit hardest, where health, "
    "money and living conditions were unequal before it.",
    "from_whom": "Sam Hepplewhite of NHS South East London CCG, its place-based director for Southwark",
    "author": "Hayley Ormandy, who directs the programme of Partnership Southwark",
    "risks": "The plan only works if every partner gives time, people and money. Three hurdles in the system could hold it "
    "back ([slide 46](appendix-1-page-46)).\n\nWhat is done about it:\n\n- decisions are made in the open, and "
    "resources are agreed before work begins\n- the memorandum between the partners is looked at again\n- each "
    "workstream lists its own risks, and these feed one register of the programme",
    "equality": "It builds on what public health found about the effects of COVID-19 in the borough, and its purpose is to "
    "narrow inequalities. Measures of whether it does will be agreed, and each workstream will have its own equality "
    "impact assessment.",
    "finance": "The CCG and the council both face money pressures, which the plan describes. Unless these are met, it cannot "
    "be delivered in full.",
    "engagement": "Community Southwark put the draft on its website, and groups of local voluntary organisations, pensioners "
    "and the equalities forum looked at it. The public could ask about it when the Borough Based Board met in public. A "
    "short version and a plan for talking with communities are being written.",
    "discussion": "Partners wrote it together and took it through their own meetings. The Borough Based Board endorsed it on "
    "3 September 2020. What was said on the way:\n\n- protect those at most risk, also outside social care\n- use what the "
    "first wave taught us, together\n- agree results that can be measured, and answer for them\n- say plainly what is "
    "difficult\n- be open with residents",
}
RECOMMENDATIONS = (
    "Agree the draft recovery plan, and with it who leads, how people are involved and how it is governed.",
    "Agree who the strategic chair of Partnership Southwark answers to, as the [role outline](appendix-2) sets out.",
)
SECTIONS = (
    Section(
        "Background",
        "Partnership Southwark joins NHS bodies, the council, general practice and the voluntary sector of one borough.\n\n"
        "Its programme stopped in March 2020, when everybody turned to the emergency, and starts again with recovery.\n\n"
        "The plan covers:\n\n- what the pandemic did to health here ([slides 4 to 8](appendix-1-page-4))\n- what was learnt "
        "([slides 9 to 17](appendix-1-page-9))\n- three priorities for 18 months "
        "([slides 18 to 35](appendix-1-page-18))\n  - be ready for another wave, and for winter\n  - bring services back "
        "safely\n  - narrow inequalities\n- who governs and leads ([slides 45 to 47](appendix-1-page-45))\n- milestones "
        "([slide 57](appendix-1-page-57))",
    ),
    Section(
        "Key areas for consideration",
        "## Four workstreams\n\nPriorities are set by stage of life ([slides 22 to 35](appendix-1-page-22)):\n\n"
        "| Workstream | Who it is for |\n| --- | --- |\n| Start Well | children, young people and families |\n| Live Well | "
        "adults of working age |\n| Age Well | older people at home, by neighbourhood |\n| Care Well | people in care homes and "
        "other residential care |\n\nEleven golden threads run through all four ([slides 18 and 19](appendix-1-page-18)).\n\n"
        "Three hurdles are named ([slide 46](appendix-1-page-46)): how much has to change, how services are organised across "
        "neighbourhoods and borough boundaries, and the money.\n\n## Involving people\n\nConversations with residents, "
        "patients and carers test what the partnership believes it knows ([slides 48 to 53](appendix-1-page-48)).\n\nSix "
        "questions are put to the public, from whether these are the right priorities to what helps people stay well.",
    ),
    Section(
        "Next steps",
        "In September and October 2020 six things follow:\n\n1. a short version of the plan\n2. a plan for involving "
        "people\n3. arrangements to govern, lead and resource the work\n4. a detailed plan for each workstream\n5. measures "
        "over the short, medium and long term\n6. a larger programme team, and a strategic chair",
    ),
)


def recovery_plan(title: str) -> ReportText:
    return ReportText(title, FIELDS, RECOMMENDATIONS, SECTIONS)
