"""The words people write for those of a questionnaire, in French and English, as `meant.plain` leaves them."""

from __future__ import annotations

from collections.abc import Mapping


def _table(lines: str) -> Mapping[str, str]:
    """By each word on the right, the one on the left; the left one means itself."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        meant, _, others = line.strip().partition(":")
        found |= {word.strip(): meant for word in (meant, *others.split(",")) if word.strip()}
    return found


YES_NO = _table("""
    yes: y, oui, o, vrai, true, x, v, ok, ✓, ✔, ✅, ☑, ☒, [x], [✓], [✔]
    no: n, non, faux, false, ✗, ✘, ❌, ☐
""")
NOTHING = _table("""
    unknown: inconnu, inconnue, ?, ??, ???, je ne sais pas, ne sais pas, ne sait pas, nsp, i don't know, don't know, dk
    unknown: do not know, tbd, tbc, a voir, a verifier, a confirmer, to check, pas sur, not sure, en attente, …, ...
    unknown: n/a, na, n.a., n.a, sans objet, not applicable, non applicable, non concerne, s.o., s.o, so, -, --, /
    none: aucun, aucune, rien, neant, non, no, false, faux, nothing, 0, aucun de ces cas, none of these, ø, ∅
""")
STATUS = _table("""
    done: fait, faite, termine, terminee, ok, oui, yes, complete, finished, realise, realisee, acheve
    partly: en cours, partiel, partielle, partiellement, en partie, in progress, partial, ongoing
    planned: prevu, prevue, planifie, planifiee, programme, scheduled, to do, a venir
    not-started: not started, pas commence, non commence, a faire, non, no, not done, todo, pas fait
    does-not-apply: does not apply, sans objet, non applicable, n/a, na, ne s'applique pas, not applicable
""")
TOP = _table("""
    lang: langue, language
    company: entreprise, societe, organisation, organization, enterprise, business, firm
    system: systeme, systeme d'ia, ai system, outil, tool
    by: par, auteur, author, redige par, repondant
    on: le, date, date du
    answers: reponses, reponse, answer, questions
    compliance: conformite, obligations, duties, mise en conformite
""")
COMPANY = _table("""
    name: nom, raison sociale, denomination
    place: lieu, ville, adresse, town, city
""")
SYSTEM = _table("""
    name: nom, intitule, titre, title
    version: numero de version
    description: descriptif, resume, summary
    supplier: fournisseur, editeur, prestataire, vendor
    owner: responsable, pilote, referent
""")
DETAILS = _table("""
    answer: reponse, valeur, value, choix
    note: commentaire, commentaires, comment, comments, remarque, notes, justification, pourquoi, why
    by: par, auteur, who, qui
    on: le, date, quand, when
""")
WORK = _table("""
    status: statut, etat, avancement, state
    reason: motif, raison, pourquoi, why
    owner: responsable, pilote, qui, who
    due: echeance, delai, deadline, pour le, due date
    evidence: preuve, preuves, pieces, justificatif, justificatifs, proof
    note: commentaire, commentaires, remarque, comment, comments, notes
""")
EVIDENCE = _table("""
    link: lien, url, adresse
    file: fichier, document
    text: texte
""")
MONTHS = _table("""
    1: janvier, janv, jan, january
    2: fevrier, fevr, fev, february, feb
    3: mars, mar, march
    4: avril, avr, april, apr
    5: mai, may
    6: juin, june, jun
    7: juillet, juil, july, jul
    8: aout, august, aug
    9: septembre, sept, september, sep
    10: octobre, october, oct
    11: novembre, november, nov
    12: decembre, december, dec
""")
LITTLE = _table("""
    : le, du, the, of, on, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche
    : monday, tuesday, wednesday, thursday, friday, saturday, sunday
""")
"""Words of a written day that say nothing."""
SCALES = {
    zeros: int(count)
    for zeros, count in _table("""
        3: k, ke, mille, milliers
        6: m, me, mio, million, millions
        9: md, mds, mde, milliard, milliards, bn, billion
    """).items()
}
"""By the word after a number, how many zeros it stands for."""
