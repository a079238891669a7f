from django.db import migrations
from django.utils.text import slugify

# A beginning that staff change as they need: the characteristics the law protects, in the words groups use, and the
# local groups that partnerships add to them.
USUAL = [
    "Children and young people", "Families with young children", "Older people", "Disabled people",
    "People with a learning disability", "Autistic people", "Deaf people and people with hearing loss",
    "Blind and partially sighted people", "People with long-term conditions", "People with mental health problems",
    "People living with dementia", "Carers", "Care leavers", "Women and girls", "Men and boys",
    "Pregnant women and new parents", "LGBTQ+ people", "Black, Asian and other ethnic communities",
    "Faith communities", "Gypsy, Roma and Traveller communities", "Refugees and people seeking asylum",
    "People who are homeless", "People who use drugs or alcohol", "People in contact with the justice system",
    "Survivors of abuse", "Veterans and service families", "People on low incomes", "Rural communities", "Everyone",
]  # fmt: skip


def add(apps, schema_editor) -> None:
    group = apps.get_model("partners", "PeopleGroup")
    group.objects.bulk_create(
        [group(name=name, slug=slugify(name), position=number) for number, name in enumerate(USUAL)],
        ignore_conflicts=True,
    )


def remove(apps, schema_editor) -> None:
    apps.get_model("partners", "PeopleGroup").objects.filter(name__in=USUAL).delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_search"), ("page_cache", "0002_first_stamp")]
    operations = [migrations.RunPython(add, remove)]
