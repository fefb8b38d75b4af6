/**
 * Words of a text in a form in which two texts can be compared: without endings, and without the words that every text has.
 * German words also count as the English ones that they mean, so that a text in German can be held against a description
 * in English. Rough by design: it ranks, and decides nothing.
 */
export function stemsOf(text: string, language: string): string[] {
  const words = text.normalize('NFC').toLowerCase().match(WORD) ?? [];
  const read = language.split('-')[0] === 'de' ? readGerman : readEnglish;
  return words.flatMap(read);
}

const readEnglish = remember((word) => (STOP.has(word) ? [] : [stem(word)]));
// Names and abbreviations are the same in both languages.
const readGerman = remember((word) => [...new Set([...translate(word), word].filter((each) => !STOP.has(each)).map(stem))]);

/** Texts repeat their words. */
function remember(read: (word: string) => readonly string[]): (word: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (word) => {
    const before = known.get(word) ?? read(word);
    if (known.size < MOST_KNOWN) known.set(word, before);
    return before;
  };
}

const MOST_KNOWN = 50_000;
const WORD = /[\p{L}\p{N}]{2,}/gu;

const STOP = new Set(
  (
    'about above according after all also an and any apply are as at be been before being both but by can case cases do does done down each either etc every for from ' +
    'given has have having here how if in including into is it its itself least like made make makes may means might more must name named need needs neither no nor not ' +
    'of on one only or other others ought own part per same say says set shall should so some such than that the their them then there these they this those through ' +
    'to under unless until up upon use used uses using via was well were what when where whether which while who whom whose why will with within without would ' +
    'tsp tsps provider providers ets clause section etsi en requirement requirements appropriate relevant applicable stated state states'
  ).split(' '),
);

/** Endings, the longest first. What is left keeps four letters at least. */
const ENDINGS = [
  ...['izations', 'isations', 'ization', 'isation', 'ications', 'ication', 'icates', 'icate', 'ations', 'ation', 'ements', 'ement'],
  ...['ities', 'ments', 'ances', 'ences', 'ility', 'ating', 'ators', 'ment', 'ance', 'ence', 'able', 'ible', 'ness', 'ates', 'ated', 'ator'],
  ...['ings', 'ions', 'ants', 'ents', 'ives', 'ally', 'ies', 'ied', 'ity', 'ing', 'ion', 'ers', 'ors', 'ant', 'ent', 'ate', 'ive', 'als'],
  ...['ed', 'er', 'or', 'al', 'ly', 'es', 'ic', 's', 'y', 'e'],
];
const LEAST = 4;
const MOST = 7;

/** A word without its ending: `revoc` for both of revoked and revocation. */
function stem(word: string): string {
  if (/\d/.test(word)) return word;
  const ending = ENDINGS.find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= LEAST);
  const root = ending ? word.slice(0, -ending.length) : word;
  return root
    .replace(/([b-df-hj-np-rtv-z])\1$/, '$1')
    .replace(/k$/, 'c')
    .slice(0, MOST);
}

/** Parts of German words, and what they mean in English. A compound counts as each of its parts. */
const GERMAN: readonly (readonly [part: string, english: string])[] = [
  'abgelauf expiry expired|ablauf expiry|ablehn refuse|algorithm algorithm|allgemein general|anbieter provider|anerk recognise|anforder request|antrag application apply request|' +
    'anwesen presence|anzeig notify|arbeitstag working day|archiv archive|aufbewahr keep retain retention|aufsicht supervisory|aufzeichn record log|ausgestell issued issue|' +
    'ausstell issue issuance|auslauf expiry|authentif authentication|bedingung terms conditions|beendig termination end|behindert disability|berecht authorised|beschwerd complaint|' +
    'betrag amount value|betrieb operation|bewahr keep|biometri biometric|datenschutz data protection privacy|daten data|dauer period duration|dokument document|' +
    'eid electronic|einheit device|einstellung termination|einschränk limitation limit|elektronisch electronic|empfehl recommend|empfäng recipient|endet end|erklär statement|' +
    'erneuer renewal|erstatt refund|erzeug generate generation|fehler error|frist period time|garantie warranty|gebühr fee|gebrauch use|gefährd compromise|gegenseit mutual|' +
    'geheim secret confidential|gelten apply applicable valid|genehmig approve approval|gericht court|gesetz law|gewähr warranty|grenze limit limitation|grund reason|gültig valid validity|' +
    'haft liability liable|hinweis notice|identi identity identification|inform information inform|inhaber holder subject|integrit integrity|juristisch legal|kompromitt compromise|' +
    'konformität conformity|kontakt contact|kontroll control|kosten cost fee|kryptogra cryptographic|kündig terminate|lizenz licence|lösch delete destroy|meld report notify|' +
    'missbrauch misuse|mitteil notify inform|monat month|nachweis evidence|name name|natürlich natural|notfall emergency|nutz use usage|öffentlich public publish|offenleg disclosure|' +
    'ort place location|partei party|passwor password|person person|personenbezogen personal|pflicht obligation duty|protokoll log|prüf check verify validation audit|pseudonym pseudonym|' +
    'qualifiziert qualified|recht law legal right|regist registration|richtlini policy|risik risk|rücknahm withdrawal|schaden damage|schlüssel key|schlicht dispute conciliation|' +
    'schriftlich written|schutz protection protect|sicher secure security|siegel seal|signatur signature sign|software software|sorgfalt care|sperr revocation revoke suspension|' +
    'status status|streit dispute|stunde hour|suspend suspension|system system|telefon telephone|test test|umgehend immediately delay|unterschrift signature|unterzeichn sign signatory|' +
    'unverzüglich immediately delay|verantwort responsible|vereinbar agreement|verfahren procedure|verfügbar available availability|verlust loss lost|vernicht destroy|' +
    'veröffentlich publish publication|verpflicht obligation|version version|versicher insurance|vertrag agreement contract|vertrauensdienst trust service|' +
    'vertrauensliste trusted list|vertrauensniveau assurance level|vertrauende relying|vertreter representative|verwalt manage management|verwend use usage|vollständig complete|' +
    'vorgaben rules|wert value|widerruf revocation revoke|wirtschaftlich financial|zeichnung limit|zeit time|zertifikat certificate|zertifikatsnehmer subscriber|zertifizier certification|' +
    'ziel purpose|zugang access|zugriff access|zulässig permitted allowed|zusage warranty|zustimm consent|zuverlässig reliable|zweck purpose|änder change|jahr year|tag day|dritte third party',
]
  .join('')
  .split('|')
  .map((entry) => {
    const [part = '', ...english] = entry.split(' ');
    return [part, english.join(' ')] as const;
  });

function translate(word: string): readonly string[] {
  return GERMAN.filter(([part]) => (part.length > 3 ? word.includes(part) : word.startsWith(part))).flatMap(([, english]) => english.split(' '));
}
