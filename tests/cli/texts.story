Texts of sources that change, and who quotes them.

@ 2026-01-08 article

# Two texts of a source are kept and compared
$ change soybeans --quote 'U.S. sorghum and hardwood logs' --reason 'In its words'
$ cat sheet.md
Fact sheet
-   China will purchase at least 12 million metric tons (MMT) of U.S. soybeans.
-   China will resume purchases of U.S. sorghum and hardwood logs.
$ source keep article sheet.md --seen 2026-01-02 -m 'By hand'
#26 article: text kept: 27 words, b9e6b2931e49, 2 Jan 2026
$ history {kind subject effective_on note command} | ^text
text article 2026-01-02 By hand keep
$ source keep article sheet.md
article: this text is already recorded, by entry 26
$ cat sheet.md
Fact sheet
-   China will purchase at least 12 million metric tons (MMT) of U.S. soybeans.
-   China will resume purchases of U.S. sorghum and hardwood and softwood logs.
$ source keep article sheet.md --seen 2026-01-05
#27 article: text kept: 29 words, 041025b20c63, 5 Jan 2026
article: its words changed
$ source diff article | From|softwood|quote|^soy
From 2 Jan (#26) to 5 Jan (#27)
of U.S. sorghum and hardwood and softwood logs
soybeans “U.S. sorghum and hardwood logs” no longer in the text
$ source diff article {from_entry to_entry removed added}
26 27 and softwood
$ source diff article {texts: entry seen_on words}
26 2026-01-02 27
27 2026-01-05 29
$ source diff article {concessions: concession quoted_before quoted_after}
soybeans true false
rare-earths – –
chip-sales – –
tiktok – –
$ source diff article -f markdown | softwood
| of U.S. sorghum and hardwood | and softwood | logs |
$ source diff article -f csv | softwood
26,27,27,of U.S. sorghum and hardwood,,and softwood,logs
$ source diff article -f tsv | softwood
26 27 27 of U.S. sorghum and hardwood and softwood logs
$ change soybeans --quote 'hardwood and softwood logs' --reason 'In its words'
$ source diff article | “
soybeans “hardwood and softwood logs” new in the text
$ change soybeans --quote 'at least 12' --reason 'In its words'
$ source diff article | “
soybeans “at least 12” still in the text
$ change soybeans --quote 'at least 25' --reason 'In its words'
$ source diff article | “
soybeans “at least 25” in neither text
$ show article | #
#26 2 Jan 27 text b9e6b2931e49 81b9724e1d1e
#27 5 Jan 29 text 041025b20c63 b400671e93d8
$ show article {texts.entry texts.seen_on texts.words concessions}
26, 27 2026-01-02, 2026-01-05 27, 29 soybeans, rare-earths, chip-sales, tiktok
$ sources | text kept
article 12 The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025, text kept 5 Jan (041025b20c63)
$ show soybeans {sources.key sources.kept_on}
article 2026-01-05
$ sources --as-of 2026-01-03 | text kept
article 12 The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025, text kept 2 Jan (b9e6b2931e49)
$ sources --known-by '#24' | text kept
(nothing)
$ check {subject message finding} | moved
soybeans its quote is not in the text of article from 5 Jan (#27) moved
$ check | moved
1 moved see 'tracker source diff SOURCE'; change the quote if only the wording changed
moved soybeans its quote is not in the text of article from 5 Jan (#27)
$ check --as-of 2026-01-04 {finding} | moved
moved
$ check --giver us {finding} | moved
(nothing)
$ db check

# A text that came back, or has the same words in another file, is kept as such
$ cat sheet.md
China buys at least 12 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-02
$ cat sheet.md
China buys at least 25 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-05
$ cat sheet.md
**China** buys at least 25 MMT of soybeans!
$ source keep article sheet.md --seen 2026-01-06
#27 article: text kept: 8 words, 0b1b842a88e5, 6 Jan 2026
$ source diff article | From|softwood|quote|^soy
From 5 Jan (#26) to 6 Jan (#27): the same words
$ source diff article {added}
(nothing)
$ cat sheet.md
China buys at least 12 MMT of soybeans.
$ source keep article sheet.md
#28 article: text kept: 8 words, cdfa2981bf2b, 8 Jan 2026
article: its words changed
$ show article {texts.words texts.entry}
8, 8, 8, 8 25, 26, 27, 28
$ source diff article --as-of 2026-01-05 {from_entry to_entry removed added}
25 26 12 25
$ source diff article --known-by '#26' {from_entry to_entry removed added}
25 26 12 25

# A week says whose text changed in it
$ cat sheet.md
China buys at least 12 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-02
$ cat sheet.md
China buys up to 12 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-05
$ source keep article sheet.md --seen 2026-01-06
$ add source blog --title 'A blog' --publisher 'Its author'
$ source keep blog sheet.md --seen 2026-01-02
$ cat sheet.md
China buys up to 12 MMT of US soybeans.
$ source keep blog sheet.md --seen 2026-01-07
$ headline
China seeks better US ties while vowing not to cede on Taiwan: its words changed
$ headline --known-by '#26'
China seeks better US ties while vowing not to cede on Taiwan: its words changed
$ headline W01 --as-of 2026-01-04
US regains soybean sales and rare earths; China may buy US chips again
$ week --agreement busan-2025 | words
China seeks better US ties while vowing not to cede on Taiwan: its words changed
5 Jan China seeks better US ties while vowing not to cede on Taiwan: its words changed.
$ week | words
China seeks better US ties while vowing not to cede on Taiwan: its words changed
5 Jan China seeks better US ties while vowing not to cede on Taiwan: its words changed.
7 Jan A blog: its words changed.
$ log soybeans partly --on 2026-01-06
$ headline
A promise by China is partly kept: Resume soybean purchases
$ cat sheet.html
China buys at least 12 MMT of soybeans.
$ source keep article sheet.html
#31 article: text kept: 8 words, cdfa2981bf2b, 8 Jan 2026
article: its words changed
$ week W02 | words
5 Jan China seeks better US ties while vowing not to cede on Taiwan: its words changed.
7 Jan A blog: its words changed.
8 Jan China seeks better US ties while vowing not to cede on Taiwan: its words changed.

# A kept text is amended, retracted and undone like any entry
$ cat sheet.md
China buys at least 12 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-02
$ cat sheet.md
China buys up to 12 MMT of soybeans.
$ source keep article sheet.md --seen 2026-01-05
$ amend 26 --on 2026-01-06 -m 'Seen at noon'
#27 article: retracts #26 (text kept: 8 words, 2b03872aef53, 5 Jan 2026), 8 Jan 2026
#28 article: text kept: 8 words, 2b03872aef53, 6 Jan 2026
article: its words changed
$ show article {texts.entry texts.seen_on}
25, 28 2026-01-02, 2026-01-06
$ amend 28 --source article
tracker: --source does not fit entry 28, a text. It takes --on, --note
[2]
$ amend 28 --on 2026-01
tracker: '2026-01' is not a valid date. Write a day such as 2026-01-07
[5]
$ retract 28 --reason 'Another page'
$ show article {texts.entry texts.seen_on}
25 2026-01-02
$ undo
$ undo
$ show article {texts.entry texts.seen_on}
25, 26 2026-01-02, 2026-01-05
$ undo
$ show article {texts.entry texts.seen_on}
25 2026-01-02
$ source keep article sheet.md --seen 2026-01-05
#34 article: text kept: 8 words, 2b03872aef53, 5 Jan 2026
article: its words changed
$ show article {texts.seen_on}
2026-01-02, 2026-01-05

# A source is withdrawn with its texts, but not undone under a kept text of somebody else
$ cat sheet.md
China buys at least 12 MMT of soybeans.
$ add source sheet --publisher USDA --title 'A sheet'
$ --author ana source keep sheet sheet.md
$ undo
tracker: Other entries (#26) rest on #25, which cannot be taken back. Let whoever recorded these undo them first, or use 'tracker retract SLUG --everything --reason …'
[4]
$ retract sheet --everything --reason 'Never published'
$ source diff sheet
tracker: A comparison needs two kept texts, but at these clocks 'sheet' has 0. Keep one with 'tracker source keep sheet FILE'
[3]
$ db check

# A comparison says where nothing was added or removed
$ cat sheet.md
China buys soybeans and logs. The US halves its own tariffs.
$ source keep article sheet.md --seen 2026-01-02
$ cat sheet.md
China buys US soybeans and logs. The US halves tariffs.
$ source keep article sheet.md --seen 2026-01-05
$ source diff article -f markdown | ^\| .*(China|US)
| China buys | – | US | soybeans and logs. The US halves |
| soybeans and logs. The US halves | its own | – | tariffs |
