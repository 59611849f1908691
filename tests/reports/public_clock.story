What the public knew by a day: figures and targets that were counted again later.

@ 2026-01-08 Two pages of July counted the energy of May

# Two pages of July counted the energy of May
@ 2026-01-08 article
$ apply HERE/energy.toml

# A figure counts from the day on which it was public
$ pace energy --as-of 2020-07-01 {delivered target}
– 34.426
$ pace energy --as-of 2020-07-02 {delivered target}
3.506 34.426
$ pace energy --as-of 2020-07-08 {delivered target}
3.506 34.426
$ pace energy --as-of 2020-07-09 {delivered target public_on}
1.974 26.149 2020-07-09
$ history energy --as-of 2020-07-05 {value}
3.506

# With hindsight a past day knows what became public later
$ pace energy --as-of 2020-05-31 {delivered target}
– 34.426
$ pace energy --as-of 2020-05-31 --hindsight {delivered target public_on}
1.974 26.149 2020-07-09
$ pace energy --as-of 2020-05-31 --hindsight {data: as_of hindsight}
2020-05-31 true
$ status energy --as-of 2020-05-31 --hindsight | as of
as of 31 May 2020 · with hindsight

# A restated figure is listed with what it was and when it was public
$ show energy-2020 {restated.on restated.counted_by restated.was restated.value restated.public_on}
2020-05-31 Census 3.506 1.974 2020-07-09

# A figure recorded late and public early goes before a later one
$ measure energy-2020 3.9 --by Census --basis shipped --on 2020-05-31 --public 2020-06-30
$ pace energy --as-of 2020-07-09 {delivered}
1.974
$ pace energy --as-of 2020-07-01 {delivered}
3.9

# An entry without a public day counts from the earliest publication of its sources
$ note energy "Counted from the page" --on 2020-05-31 --source july-page
#33 energy: note, 31 May 2020
Warning: #33 counts from 2 Jul 2020, when its source was published; give --public if it was known before
$ history energy --as-of 2020-06-30 {note}
(nothing)
$ amend 33 --add-source https://example.org/released-in-may
#34 energy: retracts #33 (note, 31 May 2020), 8 Jan 2026
#35 energy: note, 31 May 2020
$ history energy --as-of 2020-06-30 {note}
Counted from the page

# A day in the future is not taken
$ log energy partly --public 2999-01-01
tracker: 2999-01-01 is in the future (today is 2026-01-08). An update records what has happened; correct --public
[5]
