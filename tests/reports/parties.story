Promises of several parties, and to several: who spoke, who gained, and how tables say it.

@ 2026-01-08 China promises two others, and they promise China

# China promises two others, and they promise China
@ 2026-01-08 empty
$ apply HERE/minerals.toml

# One side’s word is one-sided, whoever of it speaks
$ log general-licences kept --says us --on 2026-01-01
$ log general-licences kept --says eu --on 2026-01-02
$ claims general-licences {standing}
one-sided
$ status general-licences {standing status_from}
one-sided declared

# What both sides once agreed on stays the status, even if one of them later disagrees
$ log general-licences kept --says cn --on 2026-01-01
$ log general-licences kept --says us --on 2026-01-02
$ claims general-licences {standing}
agreed
$ status general-licences {standing status_from}
agreed both
$ log general-licences stalled --says jp --on 2026-01-03
$ claims general-licences {standing}
agreed
$ status general-licences {standing status_from}
agreed both
$ log general-licences partly --says eu --on 2026-01-03
$ claims general-licences {standing}
contested
$ status general-licences {standing status_from}
contested both

# An agreed status is of the day on which the second side spoke
$ log chip-tools kept --says us --on 2026-01-01
$ log chip-tools kept --says cn --on 2026-01-02
$ log chip-tools kept --says eu --on 2026-01-03
$ status chip-tools {status status_on}
kept 2026-01-02

# Claims are listed by side with who said what
$ log chip-tools kept --says us --on 2026-01-01
$ log chip-tools partly --says eu --on 2026-01-02
$ log chip-tools stalled --says cn --on 2026-01-03
$ log chip-tools started --says jp --on 2026-01-04
$ claims chip-tools {givers_say receivers_say.party others.party}
{"party": "us", "status": "kept", "on": "2026-01-01", "source": null}, {"party": "eu", "status": "partly", "on": "2026-01-02", "source": null} cn jp
$ claims chip-tools -f markdown | met
(nothing)

# A promise to two is counted once for each of them, and a party without any part in none
$ log general-licences kept --on 2026-01-07
$ gains {group in_force promised}
us 1 0
eu 1 0
cn 0 1
$ gains {concessions: group concession}
us general-licences
eu general-licences
cn chip-tools

# A narrow table names the promise before who gave it
$ add concession parts --agreement minerals-2025 --giver us --giver jp --receiver eu --giver cn --title 'Sell parts for chip tools' --kind purchase --test 'Parts arrive' --sector chips --instrument readout --source readout
$ gains --width 30 | STATE
(nothing)

# Several parties are joined in tables
$ status -f markdown | US, EU
| Renew licences to service chip tools | US, EU | promised |
$ diff 2025-11-01 2026-01-08 {concession givers receivers} | us, eu
general-licences cn us, eu
chip-tools us, eu cn
$ status -f csv | us eu
general-licences,General licences for rare earths,minerals-2025,cn,us eu,critical minerals,export-control,readout,2025-11-07,promised,2025-11-07,declared,,unclaimed,true,2026-11-10,,,,,,false,,,,,,,,,,,,,licences-end,expiry,2026-11-10,,2026-11-10,0,306,,,,,,,,,,,
chip-tools,Renew licences to service chip tools,minerals-2025,us eu,cn,semiconductors,licensing,readout,2025-11-07,promised,2025-11-07,declared,,unclaimed,false,,,,,,,false,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,

# All who receive lose what ends or fails
$ log chip-tools broken --on 2026-01-07
$ deadlines {deadline ends loses}
licences-end general-licences us, eu
$ week {new_at_risk: concession}
general-licences
$ deadlines | US, EU
10 Nov 306 d General licences for rare earths expiry open US, EU licences-end

# A side that was corrected counts for another from then on
$ log chip-tools kept --says eu --on 2026-01-01
$ log chip-tools kept --says cn --on 2026-01-02
$ claims chip-tools {standing others.party}
agreed –
$ change chip-tools --giver us --giver jp --reason 'a misprint'
$ claims chip-tools {standing others.party}
one-sided eu
