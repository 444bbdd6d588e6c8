"""Label lists of every head, in the order of the exported weights."""
NONE = -100   # no label known: no loss
BIO3 = ["O", "B", "I"]
ATTR = ["source", "cue", "content", "inner"]
ROLE = ["none", "source", "content", "relay", "addressee"]   # the last two are marked in nested/ only
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NAME_TYPES = ["person", "organization", "place", "group", "event", "office"]
NAMES = ["O"] + [f"{p}-{t}" for t in NAME_TYPES for p in "BI"]
EVENT = ["O", "OCCURRENCE", "REPORTING", "I_ACTION", "I_STATE", "STATE", "ASPECTUAL", "PERCEPTION"]
# What a word tells of: nothing, or a happening of one of PLOVER's types (PLOVER codebook, 2023).
HAPPEN = ["O", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
PART = ["none", "actor", "recipient", "place"]   # what a word is to a happening
STANDING = ["happened", "ongoing", "planned", "proposed", "conditional", "hypothetical", "claimed", "denied", "cancelled", "failed"]   # whether it took place
MEASURE = ("count killed wounded casualties displaced detained released missing struck destroyed troops besieged affected attendance votes money share "
           "duration distance area weight volume speed power").split()   # what a number measures
# Two names of one relation in the two treebanks.
REL_FIX = {"obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}


def bio(labels, kind, n):
    """B-kind I-kind ... as label numbers, n words."""
    b = labels.index("B-" + kind)
    return [b] + [b + 1] * (n - 1)
