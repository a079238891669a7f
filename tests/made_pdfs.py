"""PDFs as people upload them, made for tests: of every kind that must be accepted, and of those that must not."""

import io
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

A4 = (595, 842)


def font() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def words(*pages: str, size: tuple[float, float] = A4, change: Callable[[Pdf], None] | None = None, **saved) -> bytes:
    """A PDF with these words on its pages; `change` gets it before it is saved."""
    pdf = Pdf.new()
    for said in pages:
        add_page(pdf, f"BT /F1 24 Tf 50 100 Td ({said}) Tj ET".encode(), size)
    if change:
        change(pdf)
    return bytes_of(pdf, **saved)


def add_page(pdf: Pdf, content: bytes, size: tuple[float, float] = A4, **resources) -> None:
    page = pdf.add_blank_page()
    page.mediabox = Array([0, 0, *size])
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font()), **resources)


def bytes_of(pdf: Pdf, **saved) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **{"deterministic_id": "encryption" not in saved} | saved)
    return out.getvalue()


def turned(degrees: int = 90) -> bytes:
    return words("Turned", change=lambda pdf: setattr(pdf.pages[0].obj, "Rotate", degrees))


def cropped() -> bytes:
    return words("Cropped", change=lambda pdf: setattr(pdf.pages[0].obj, "CropBox", Array([0, 50, 300, 250])))


def locked(*, owner_only: bool = False) -> bytes:
    may = pikepdf.Permissions(extract=False, accessibility=False)
    password = "" if owner_only else "opens it"
    return words("Locked", encryption=pikepdf.Encryption(owner="owner", user=password, allow=may))


def scanned(pages: int, *, side: int = 400) -> bytes:
    """Pages that are pictures, no two alike."""
    pdf = Pdf.new()
    for number in range(pages):
        picture = io.BytesIO()
        Image.effect_noise((side, side), 40 + number % 60).save(picture, "JPEG", quality=70)
        image = pdf.make_stream(picture.getvalue())
        image.stream_dict.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=side,
                Height=side,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
            )
        )
        add_page(pdf, b"q 595 0 0 842 0 0 cm /I Do Q", XObject=Dictionary(I=image))
    return bytes_of(pdf)


def white_scan() -> bytes:
    """The back of a sheet that went through a scanner: nothing to see, but a picture."""

    def whiten(pdf: Pdf) -> None:
        image = Stream(pdf, b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
        image.ColorSpace = Name.DeviceGray
        add_page(pdf, b"q 595 0 0 842 0 0 cm /I Do Q", XObject=Dictionary(I=image))

    return words("Front", change=whiten)


def with_marks(*marks: Callable[[Pdf], Dictionary], form: bool = True) -> bytes:
    """A page with these fields, notes or links lying on it."""

    def lay(pdf: Pdf) -> None:
        laid = [pdf.make_indirect(mark(pdf)) for mark in marks]
        pdf.pages[0].obj.Annots = Array(laid)
        if form:
            fonts = Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font())))
            fields = [each for each in laid if each.Subtype == Name.Widget]
            pdf.Root.AcroForm = Dictionary(
                Fields=Array(fields), DR=fonts, DA=String("/Helv 12 Tf 0 g"), NeedAppearances=True
            )

    return words("Below the marks", change=lay)


def mark(kind: str, **more) -> Callable[[Pdf], Dictionary]:
    return lambda pdf: Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([100, 200, 300, 220]), F=4, **more
    )


def filled_in(value: str, **more) -> Callable[[Pdf], Dictionary]:
    return mark("Widget", FT=Name.Tx, T=String("a"), V=String(value), DA=String("/Helv 12 Tf 0 g"), **more)


def drawn_mark(kind: str, said: str, **more) -> Callable[[Pdf], Dictionary]:
    """A mark that brings its picture, which says something."""

    def made(pdf: Pdf) -> Dictionary:
        picture = Stream(pdf, f"/Tx BMC q BT /F1 12 Tf 2 4 Td ({said}) Tj ET Q EMC".encode())
        picture.stream_dict.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 200, 20]),
                Resources=Dictionary(Font=Dictionary(F1=font())),
            )
        )
        return mark(kind, AP=Dictionary(N=picture), Contents=String("words of the mark"), **more)(pdf)

    return made


def action(kind: str, **more) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def harmful() -> bytes:
    """A program that runs when it is opened, one on a page, a link that starts a program, and attached files."""

    def harm(pdf: Pdf) -> None:
        script = action("JavaScript", JS=String("app.alert('MARKER-SCRIPT')"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script)])))
        pdf.attachments["secret.txt"] = b"MARKER-ATTACHED"
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=action("JavaScript", JS=String("MARKER-ON-PAGE")))
        launch = action("Launch", F=String("MARKER-LAUNCH.exe"))
        turn = action("GoTo", D=Array([page, Name.Fit]), Next=action("JavaScript", JS=String("MARKER-NEXT")))
        actions = [
            launch,
            turn,
            action("URI", URI=String("javascript:MARKER-URI")),
            action("URI", URI=String("https://example.org/")),
        ]
        links = [pdf.make_indirect(mark("Link", A=each)(pdf)) for each in actions]
        film = pdf.make_indirect(mark("RichMedia", Contents=String("MARKER-FILM"))(pdf))
        page.Annots = Array([*links, film])
        tags = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(Type=Name.OBJR, Obj=links[0]))  # hangs there as well
        pdf.Root.StructTreeRoot = pdf.make_indirect(tags)

    return words("Harmless words", change=harm)


def broken_contents(number: int = 2) -> bytes:
    def spoil(pdf: Pdf) -> None:
        pdf.pages[number - 1].obj.Contents.write(b"\x00\xff" * 200, filter=Name.FlateDecode)

    return words("One", "Two", "Three", change=spoil)


def page_tree_without_end() -> bytes:
    return words("One", change=lambda pdf: pdf.Root.Pages.__setitem__("/Kids", Array([pdf.Root.Pages])))


def page_tree_lost() -> bytes:
    return words("One", change=lambda pdf: pdf.Root.__setitem__("/Pages", Dictionary()))


@cache
def bomb(megabytes: int = 900) -> bytes:
    """A page whose contents unpack to five hundred times what they are."""
    block = (b"0 0 m 1 1 l S\n" * 74_899)[: 1024 * 1024]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # on its own, so that it can be repeated
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    data = b"\x78\xda" + packed * megabytes + packer.flush() + check.to_bytes(4)

    def pack(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents.write(data, filter=Name.FlateDecode)

    return words("Small", change=pack)
