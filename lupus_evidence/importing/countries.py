"""Countries by the names that ClinicalTrials.gov uses, with their two-letter codes.

References
----------
ISO 3166-1, https://www.iso.org/iso-3166-country-codes.html
"""

from __future__ import annotations

_NAMES = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AL Albania
AM Armenia|AO Angola|AR Argentina|AT Austria|AU Australia|AZ Azerbaijan
BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso
BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BM Bermuda|BN Brunei|BN Brunei Darussalam
BO Bolivia|BR Brazil|BS Bahamas|BS The Bahamas|BT Bhutan|BW Botswana|BY Belarus
BZ Belize|CA Canada|CD Congo, The Democratic Republic of the
CD Democratic Republic of the Congo|CF Central African Republic
CG Congo|CG Republic of the Congo|CH Switzerland|CI Cote d'Ivoire|CI Côte D'Ivoire
CI Côte d'Ivoire|CI Ivory Coast|CL Chile|CM Cameroon|CN China|CO Colombia
CR Costa Rica|CU Cuba|CV Cape Verde|CV Cabo Verde|CW Curaçao|CY Cyprus|CZ Czechia
CZ Czech Republic|DE Germany|DJ Djibouti|DK Denmark|DM Dominica
DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain
ET Ethiopia|FI Finland|FJ Fiji|FO Faroe Islands|FR France|GA Gabon
GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana|GH Ghana|GL Greenland
GM Gambia|GM The Gambia|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece
GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia
HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq
IR Iran|IR Iran, Islamic Republic of|IS Iceland|IT Italy|JM Jamaica|JO Jordan
JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KM Comoros|KN Saint Kitts and Nevis
KP Korea, Democratic People's Republic of|KP North Korea
KR Korea, Republic of|KR South Korea|KR Republic of Korea|KW Kuwait|KZ Kazakhstan
LA Lao People's Democratic Republic|LA Laos|LB Lebanon|LC Saint Lucia
LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg
LV Latvia|LY Libya|LY Libyan Arab Jamahiriya|MA Morocco|MC Monaco
MD Moldova, Republic of|MD Moldova|ME Montenegro|MG Madagascar
MK Macedonia, The Former Yugoslav Republic of|MK North Macedonia
MK Former Yugoslavia Republic of Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macau
MO Macao|MQ Martinique|MR Mauritania|MT Malta|MU Mauritius|MV Maldives|MW Malawi
MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NG Nigeria
NI Nicaragua|NL Netherlands|NL The Netherlands|NO Norway|NP Nepal|NZ New Zealand
OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines
PK Pakistan|PL Poland|PR Puerto Rico|PS Palestinian Territory, Occupied
PS Palestinian Territories|PS Palestine|PT Portugal|PY Paraguay|QA Qatar|RE Réunion
RO Romania|RS Serbia|RU Russia|RU Russian Federation|RW Rwanda|SA Saudi Arabia
SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SI Slovenia
SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname
SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SY Syria
SY Syrian Arab Republic|SZ Swaziland|SZ Eswatini|TD Chad|TG Togo|TH Thailand
TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TR Turkey
TR Turkey (Türkiye)|TR Türkiye|TT Trinidad and Tobago|TW Taiwan
TW Taiwan, Province of China|TZ Tanzania|TZ Tanzania, United Republic of|UA Ukraine
UG Uganda|US United States|UY Uruguay|UZ Uzbekistan
VC Saint Vincent and the Grenadines|VE Venezuela
VE Venezuela, Bolivarian Republic of|VI Virgin Islands (U.S.)|VN Vietnam|VN Viet Nam
VU Vanuatu|WS Samoa|XK Kosovo|YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""

_CODE_OF = {
    entry[3:].casefold(): entry[:2]
    for line in _NAMES.split("\n")
    for entry in line.split("|")
    if entry
}


def country_code(name: str) -> str | None:
    """Return a country's two-letter code, or None if the name is not known here.

    Examples
    --------
    >>> country_code("Korea, Republic of")
    'KR'
    """
    return _CODE_OF.get(" ".join(name.split()).casefold())
