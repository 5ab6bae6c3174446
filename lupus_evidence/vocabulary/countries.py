"""Countries: two-letter codes with the names that people and registries give them.

References
----------
ISO 3166-1, https://www.iso.org/iso-3166-country-codes.html
"""

from __future__ import annotations

#: Code, the name for the screen, and after slashes other names, among them those of
#: ClinicalTrials.gov.
_NAMES = """
AD Andorra; AE United Arab Emirates/UAE; AF Afghanistan; AG Antigua and Barbuda; AI
Anguilla; AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR Argentina; AS American
Samoa; AT Austria; AU Australia; AW Aruba; AX Åland Islands; AZ Azerbaijan; BA Bosnia
and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria;
BH Bahrain; BI Burundi; BJ Benin; BL Saint Barthélemy; BM Bermuda; BN Brunei/Brunei
Darussalam; BO Bolivia; BQ Bonaire, Sint Eustatius and Saba; BR Brazil; BS Bahamas/The
Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada; CC
Cocos (Keeling) Islands; CD Democratic Republic of the Congo/Congo, The Democratic
Republic of the/Congo; CF Central African Republic; CG Congo/Republic of the Congo; CH
Switzerland; CI Côte d'Ivoire/Cote d'Ivoire/Ivory Coast; CK Cook Islands; CL Chile; CM
Cameroon; CN China/PRC/Mainland China/People's Republic of China; CO Colombia; CR Costa
Rica; CU Cuba; CV Cape Verde/Cabo Verde; CW Curaçao; CX Christmas Island; CY Cyprus; CZ
Czechia/Czech Republic; DE Germany/Federal Republic of Germany; DJ Djibouti; DK Denmark;
DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH
Western Sahara; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland
Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United
Kingdom/UK/Great Britain/Britain/England/Scotland/Wales/Northern Ireland; GD Grenada; GE
Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM
Gambia/The Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South
Georgia and the South Sandwich Islands; GT Guatemala; GU Guam; GW Guinea-Bissau; GY
Guyana; HK Hong Kong; HM Heard Island and McDonald Islands; HN Honduras; HR Croatia; HT
Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man; IN India; IO
British Indian Ocean Territory; IQ Iraq; IR Iran/Iran, Islamic Republic of; IS Iceland;
IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH
Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis; KP North Korea/Korea,
Democratic People's Republic of/Korea; KR South Korea/Korea, Republic of/Republic of
Korea/Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos/Lao People's
Democratic Republic; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR
Liberia; LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya/Libyan Arab
Jamahiriya; MA Morocco; MC Monaco; MD Moldova/Moldova, Republic of; ME Montenegro; MF
Saint Martin; MG Madagascar; MH Marshall Islands; MK North Macedonia/Macedonia, The
Former Yugoslav Republic of/Former Yugoslavia Republic of Macedonia; ML Mali; MM
Myanmar/Burma; MN Mongolia; MO Macao/Macau; MP Northern Mariana Islands; MQ Martinique;
MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico;
MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; NF Norfolk Island;
NG Nigeria; NI Nicaragua; NL Netherlands/The Netherlands/Holland; NO Norway; NP Nepal;
NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG
Papua New Guinea; PH Philippines; PK Pakistan; PL Poland; PM Saint Pierre and Miquelon;
PN Pitcairn; PR Puerto Rico; PS Palestine/Palestinian Territory, Occupied/Palestinian
Territories; PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS
Serbia; RU Russia/Russian Federation; RW Rwanda; SA Saudi Arabia/KSA; SB Solomon
Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore; SH Saint Helena; SI Slovenia;
SJ Svalbard and Jan Mayen; SK Slovakia; SL Sierra Leone; SM San Marino; SN Senegal; SO
Somalia; SR Suriname; SS South Sudan; ST Sao Tome and Principe; SV El Salvador; SX Sint
Maarten; SY Syria/Syrian Arab Republic; SZ Eswatini/Swaziland; TC Turks and Caicos
Islands; TD Chad; TF French Southern Territories; TG Togo; TH Thailand; TJ Tajikistan;
TK Tokelau; TL Timor-Leste; TM Turkmenistan; TN Tunisia; TO Tonga; TR
Türkiye/Turkey/Turkey (Türkiye); TT Trinidad and Tobago; TV Tuvalu; TW Taiwan/Taiwan,
Province of China; TZ Tanzania/Tanzania, United Republic of; UA Ukraine; UG Uganda; UM
United States Minor Outlying Islands; US United States/USA/United States of
America/America; UY Uruguay; UZ Uzbekistan; VA Holy See/Vatican City; VC Saint Vincent
and the Grenadines; VE Venezuela/Venezuela, Bolivarian Republic of; VG British Virgin
Islands; VI Virgin Islands (U.S.); VN Vietnam/Viet Nam; VU Vanuatu; WF Wallis and
Futuna; WS Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW
Zimbabwe
"""

#: Every name of a country by its code, the one for the screen first.
COUNTRIES: dict[str, tuple[str, ...]] = {
    row[:2]: tuple(row[3:].split("/")) for row in " ".join(_NAMES.split()).split("; ")
}


def country_name(code: str) -> str:
    """Return a country's name for the screen; the code itself if it is not known.

    Parameters
    ----------
    code : str
        Two capital letters.
    """
    return COUNTRIES.get(code, (code,))[0]
