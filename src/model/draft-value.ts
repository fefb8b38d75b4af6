import type { ProfileValue } from './profile.ts';

/** What a row demands of its field, and what the samples said that it does not repeat. */
export interface DecidedValue {
  value?: ProfileValue;
  comment?: string;
}

/** What the values of each sample were, of those that have the field. */
type Seen = readonly (readonly string[])[];

/** Fields whose values change with each CA key, or of which the parts have fields of their own. */
const WITHOUT_VALUE = /^extensions\.(authorityKeyIdentifier|subjectAltName$|issuerAltName$|authorityInfoAccess$|qcStatements$|basicConstraints$)/;
/** What can tell who a subscriber is. */
const PERSONAL = /^(subject|extensions\.subjectAltName)\./;
/** Attributes of a subject that many subscribers share. */
const SHARED = /^subject\.(countryName|jurisdictionCountryName|businessCategory)$/;
/** Attributes whose values have a form (EN 319 412-1, 5.1.3 and 5.1.4), or digits only. */
const FORMED = /^subject\.(serialNumber|organizationIdentifier)$/;

const MOST_VALUES = 100;
const MOST_CHARACTERS = 1000;
const MOST_FORMS = 5;

/** Decides what values a row demands, so narrow as the samples are alike. Every sample keeps to it. */
export function decideValue(field: string, seen: Seen, personal: boolean): DecidedValue {
  if (field === 'serialNumber') return decideSerialNumber(seen);
  if (field === 'validity') return decideValidity(seen);
  if (WITHOUT_VALUE.test(field) || seen.every((values) => values.length === 0)) return {};
  if (seen.some((values) => values.length === 0)) return { comment: 'its content cannot be read in all of them' };
  if (personal && SHARED.test(field) && seen.length > 1 && isSame(seen)) return decideCommon(seen);
  if (personal && PERSONAL.test(field)) return decidePersonal(field, seen);
  return decideCommon(seen);
}

function decideSerialNumber(seen: Seen): DecidedValue {
  const octets = seen.flat().map(Number);
  return {
    value: { atLeast: Math.min(8, ...octets), atMost: Math.max(20, ...octets), words: 'octets' },
    comment: `${writeRange(octets)} octets`,
  };
}

const WORDS_OF_VALIDITY = 'days, the first and the last second counted';

function decideValidity(seen: Seen): DecidedValue {
  const days = seen.flat().map(Number);
  if (days.length < seen.length) return { comment: 'a date is no date in some of them' };
  const longest = Math.max(0, ...days);
  const whole = Math.ceil(longest);
  const comments = [`${writeRange(days.map((each) => Math.round(each * 1000) / 1000))} days`];
  // One second more than whole days is what comes out where notAfter was taken for the first second that is not valid.
  if (longest > 1 && Math.round((longest - (whole - 1)) * 86_400) === 1) comments.push(`the longest has ${whole - 1} days and one second`);
  return { value: { atMost: whole, words: WORDS_OF_VALIDITY }, comment: comments.join('; ') };
}

const writeRange = (numbers: readonly number[]): string => {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? `${least}` : `${least} to ${most}`;
};

/** Of names only how many there are, and of identifiers their form: no draft names a subscriber. */
function decidePersonal(field: string, seen: Seen): DecidedValue {
  const forms = FORMED.test(field) ? [...new Set(seen.flat().map(formOf))].sort() : [];
  const isFormed = forms.length > 0 && forms.length <= MOST_FORMS && !forms.includes('');
  const isDifferent = seen.length > 1 && !isSame(seen);
  return {
    value: { ...(isFormed && { like: forms }), ...countsOf(seen) },
    comment: seen.length === 1 ? 'its value is not taken over' : isDifferent ? 'different values' : 'the same value in all, which is not taken over',
  };
}

/** `PNOAT-…` as `PNO??-*`, a number as that many `#`; empty for anything else. */
function formOf(value: string): string {
  const [, scheme] = /^([A-Z]{3}|[A-Z]{2}:)[A-Z]{2}-/.exec(value) ?? [];
  if (scheme !== undefined) return `${scheme}??-*`;
  return /^\d{4,40}$/.test(value) ? '#'.repeat(value.length) : '';
}

function countsOf(seen: Seen): ProfileValue {
  const counts = seen.map((values) => values.length);
  const least = Math.min(...counts);
  return { ...(least > 1 && { countAtLeast: least }), countAtMost: Math.max(...counts) };
}

/** Whether a row can name these values. */
export const isWritable = (values: readonly string[]): boolean =>
  values.length <= MOST_VALUES && values.every((value) => value !== '' && value.length <= MOST_CHARACTERS);

const isSame = (seen: Seen): boolean => new Set(seen.map((values) => JSON.stringify([...values].sort()))).size === 1;

function decideCommon(seen: Seen): DecidedValue {
  const all = [...new Set(seen.flat())];
  if (!seen.every(isWritable)) return { value: countsOf(seen), comment: 'values that cannot be written into a row' };
  const [first = []] = seen;
  if (isSame(seen)) return { value: { exactly: [...first] } };
  const comment = `${all.length} different values`;
  const like = formsOfAddresses(all);
  if (like) return { value: { like, ...countsOf(seen) }, comment };
  if (all.length > MOST_VALUES) return { value: countsOf(seen), comment };
  const common = first.filter((value, index) => first.indexOf(value) === index && seen.every((values) => values.includes(value)));
  return { value: { ...(common.length > 0 && { includes: common }), oneOf: all.sort() }, comment };
}

/** An address, with the language before it where it is one of a disclosure statement, up to and with its host. */
const HOST = /^([a-z]{2} )?[a-z][a-z+.-]*:\/\/[^/]+\//i;

/** Addresses on the same host as one form for each language, ending with `*`; undefined where they have no common start. */
function formsOfAddresses(values: readonly string[]): string[] | undefined {
  const starts = Map.groupBy(values, (value) => HOST.exec(value)?.[1] ?? '');
  const forms = [...starts.values()].map((group) => {
    const [first = ''] = group;
    if (group.length === 1) return HOST.test(first) ? escapeForm(first) : undefined;
    const start = commonStart(group).replace(/[^/]*$/, '');
    return HOST.test(start) ? `${escapeForm(start)}*` : undefined;
  });
  return forms.every((form) => form !== undefined) ? forms.sort() : undefined;
}

/** `#` means a digit in a form; the other two that mean something match themselves. */
const escapeForm = (text: string): string => text.replaceAll('#', '?');

function commonStart(values: readonly string[]): string {
  return values.reduce((start, value) => {
    let length = 0;
    while (length < start.length && start[length] === value[length]) length += 1;
    return start.slice(0, length);
  });
}
