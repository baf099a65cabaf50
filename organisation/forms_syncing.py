"""The forms of a file with units, groups, functions or people: the upload, and what was seen of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.syncing.applying import refuse_ending_all
from organisation.syncing.columns import Kind, Sheet, read_sheet
from organisation.syncing.table import MOST_BYTES, Table, UnreadableFile, read_file, read_text

SALT = "organisation.syncing"


class FileForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva er i filen?"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PEOPLE
    )
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy("En .csv eller .xlsx på høyst 2 MB og 5000 rader. Første rad har overskriftene."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Eller lim inn rader"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("Merk radene i regnearket, med overskriftene, og kopier dem hit."),
        strip=False,
    )
    ends_missing = forms.BooleanField(
        label=gettext_lazy("Avslutt det som ikke står i filen"),
        required=False,
        help_text=gettext_lazy(
            "Roller, funksjoner og medlemskap som mangler i filen, tar slutt i dag. Enheter og grupper som mangler, "
            "velger du selv etterpå. Ingenting slettes."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        file, pasted = data.get("file"), data.get("pasted", "")
        if "file" in self.errors or "kind" not in data:
            return data
        if file and pasted.strip():
            self.add_error("pasted", _("Velg enten en fil eller innlimte rader, ikke begge."))
        elif not file and not pasted.strip():
            self.add_error("file", _("Velg en fil, eller lim inn rader under."))
        else:
            self._read(data["kind"], file, pasted, ends_missing=data["ends_missing"])
        return data

    def _read(self, kind: str, file: Any, pasted: str, *, ends_missing: bool) -> None:
        try:
            if file and file.size > MOST_BYTES:
                raise UnreadableFile(_("Filen er for stor. Den kan være på høyst 2 MB."))
            if not file and len(pasted.encode()) > MOST_BYTES:
                raise UnreadableFile(_("Det er for mye på en gang. Lim inn en del, eller last opp en fil."))
            table = read_file(file.read()) if file else read_text(pasted)
            self.sheet = read_sheet(kind, table)
            refuse_ending_all(self.sheet, ends_missing=ends_missing)
            self.packed = packed(table, file.name if file else "")
        except UnreadableFile as wrong:
            self.add_error("file" if file else "pasted", str(wrong))


def packed(table: Table, name: str) -> str:
    """Return the rows as the page carries them from what was shown to what is stored: small, and only ours to make."""
    return signing.dumps([table.rows, table.notes, name], salt=SALT, compress=True)


class SeenForm(forms.Form):
    """What was shown, and what was chosen there."""

    kind = forms.ChoiceField(choices=Kind.choices)
    table = forms.CharField()
    seen = forms.CharField()
    ends_missing = forms.BooleanField(required=False)
    skip = forms.BooleanField(required=False)
    invite = forms.BooleanField(required=False)
    ends_many = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        try:
            rows, notes, self.file_name = signing.loads(data.get("table", ""), salt=SALT)
            self.sheet: Sheet = read_sheet(data.get("kind", ""), Table([tuple(row) for row in rows], tuple(notes)))
            refuse_ending_all(self.sheet, ends_missing=data.get("ends_missing", False))
        except (signing.BadSignature, UnreadableFile, KeyError, ValueError):
            raise forms.ValidationError(_("Filen kom ikke hel fram. Last den opp på nytt.")) from None
        return data
