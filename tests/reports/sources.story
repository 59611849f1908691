Sources by their keys and by their addresses.

@ 2026-01-08 article

# An address that was declared under a key later is listed once
$ log soybeans started --on 2026-01-06 --source https://www.usda.gov/export-sales
$ add source export-sales --title Sales --publisher USDA --url https://www.usda.gov/export-sales
$ log soybeans partly --on 2026-01-07 --source export-sales
$ sources {key entries}
article 12
export-sales 2

# An address is the source that is declared with it
$ cat sales.txt
Sales of soybeans: 4 MMT
$ log soybeans started --on 2026-01-06 --source https://www.usda.gov/export-sales
$ log soybeans partly --on 2026-01-07 --source https://www.usda.gov/export-sales
$ source keep https://www.usda.gov/export-sales sales.txt --seen 2026-01-05
$ add source sales --title Sales --publisher USDA --official --url https://www.usda.gov/export-sales
#28 sales: source declared: Sales
$ amend 26 --add-source sales
$ cat sales.txt
Sales of soybeans: 5 MMT
$ source keep https://www.usda.gov/export-sales sales.txt --seen 2026-01-08
$ show soybeans {sources.key}
article, sales
$ show sales | #
#27 5 Jan 5 text 684a66bb7239 82aeb58cf382
#31 8 Jan 5 text db63883a6ac7 ebd0f968d2d9
$ show https://www.usda.gov/export-sales | #
#27 5 Jan 5 text 684a66bb7239 82aeb58cf382
#31 8 Jan 5 text db63883a6ac7 ebd0f968d2d9
$ source diff https://www.usda.gov/export-sales {data: source}
sales
$ source diff https://www.usda.gov/export-sales {added}
5
$ check {finding subject} | soybeans
(nothing)

# The address of a source shows it whether or not it was cited
$ add source sales --title Sales --publisher USDA --url https://www.usda.gov/export-sales
$ show https://www.usda.gov/export-sales | Sales
Source USDA: Sales

# A source of another year or of a later day has its year
@ 2026-02-20 busan
$ sources | (1 Nov|3 Sep|20 Feb)
as of 20 Feb 2026 · ends 10 Nov, 263 days
wh-fact-sheet 12 White House: Fact sheet on the economic and trade deal with China, 1 Nov 2025, official
xinhua-nexperia-first 1 Xinhua (People's Daily Online): The ministry on exemptions for Nexperia, 1 Nov 2025, official
people-precursors 2 People's Daily Online: China adjusts its licence list for precursor chemicals, 11 Nov 2025, official
wh-ieepa-end 4 White House: Ending certain tariff actions, 20 Feb, official
wh-surcharge 1 White House: Imposing a temporary import surcharge, 20 Feb, official
hk01-affiliates 1 HK01: The Chinese ministry on the suspended Affiliates Rule, 11 Nov 2025
nbc-extension 0 NBC News: US and China extend their trade truce, 23 Sep, page not opened
