import { showText } from '../model/name-pattern.ts';
import { plural } from '../model/plural.ts';
import type { SuggestedPlace, SuggestedWork, Suggestion } from '../model/suggestion.ts';

/** What is proposed, and how far it can be trusted. */
export interface SuggestionList {
  suggestions: readonly Suggestion[];
  /** Requirements of which it cannot be told whether they apply. */
  undecided: number;
}

const WORK: Readonly<Record<SuggestedWork, string>> = {
  mark: 'seems to say it',
  read: 'says something of it',
  write: 'text to be written here, it seems',
};

export const SUGGESTION_NOTE = 'A proposal by place and words: nothing of the texts was understood. Read the section before you mark it.';

/** For people: by file, then by section in the order of the text. */
export function printSuggestions(list: SuggestionList): string {
  if (list.suggestions.length === 0) return `No requirement is open in these texts.\n${tellUndecided(list)}`;
  const files = [...Map.groupBy(list.suggestions, ({ file }) => file)].map(([file, own]) => `${showText(file)}\n\n${printFile(own)}`);
  return `${files.join('\n')}\n${count(list)} ${SUGGESTION_NOTE}\nWork list to choose from: cartulary check --suggest --output picks.yaml\n${tellUndecided(list)}`;
}

function count({ suggestions }: SuggestionList): string {
  const requirements = new Set(suggestions.map(({ requirement }) => requirement)).size;
  const texts = new Set(suggestions.map(({ file }) => file)).size;
  return `${plural(requirements, 'open requirement')} in ${plural(texts, 'text')}.`;
}

function tellUndecided({ undecided }: SuggestionList): string {
  if (undecided === 0) return '';
  return `Of ${plural(undecided, 'more requirement')} it cannot be told whether they apply: \`cartulary check\` names the practices to declare.\n`;
}

function printFile(own: readonly Suggestion[]): string {
  return groupBySection(own)
    .map(({ place, suggestions }) => `  ${placeLine(place)}\n${suggestions.map(printSuggestion).join('')}`)
    .join('\n');
}

/** The suggestions by their first place, in the order of the text; of one place, the surest first. */
function groupBySection(own: readonly Suggestion[]): { place: SuggestedPlace; suggestions: readonly Suggestion[] }[] {
  const withPlace = own.flatMap((suggestion) => (suggestion.places[0] ? [{ suggestion, place: suggestion.places[0] }] : []));
  const groups = [...Map.groupBy(withPlace, ({ place }) => place.line).values()];
  return groups
    .flatMap((group) =>
      group[0] ? [{ place: group[0].place, suggestions: group.map(({ suggestion }) => suggestion).sort((a, b) => shareOf(b) - shareOf(a)) }] : [],
    )
    .sort((a, b) => a.place.line - b.place.line);
}

const shareOf = ({ places }: Suggestion) => places[0]?.share ?? 0;
const percent = (share: number) => `${Math.round(share * 100)} %`;
const nameOf = ({ section, title, anchor }: SuggestedPlace) => showText(section || title || anchor);
const placeLine = ({ section, title, line }: SuggestedPlace) => showText(`${section} ${title} (line ${line})`.trim());

function printSuggestion({ requirement, summary, places: [first, ...others] }: Suggestion): string {
  if (!first) return '';
  const lines = [
    `    ${requirement}  ${showText(summary)}`,
    `      ${WORK[first.work]} (${percent(first.share)} of its words)${first.excerpt ? `: "${showText(first.excerpt)}"` : ''}`,
    ...(others.length > 0 ? [`      or ${others.map(describeOther).join(', ')}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const describeOther = (place: SuggestedPlace) => `${nameOf(place)} (${percent(place.share)})`;

/** For editors and other programs. */
export function suggestionsJson({ suggestions, undecided }: SuggestionList): string {
  return `${JSON.stringify({ note: SUGGESTION_NOTE, suggestions, undecided }, null, 1)}\n`;
}

const HEAD = `# Where open requirements could be met: a work list of \`cartulary check --suggest\`. ${SUGGESTION_NOTE}
#
# Where a section says it, set "apply: yes". Where another section does, change "section". Where the requirement does not
# apply, add "exclude: why". What you leave at "apply: no" is left alone. Then: cartulary check --apply <this file>
#
# "seen" names the section's text as it was proposed: where that has changed since, nothing is written. If you wrote the
# text yourself meanwhile, take the line out.
picks:
`;
/** A reader takes files up to half a million characters; beyond this, excerpts are left out. */
const MOST_CHARACTERS = 450_000;

/** The work list that an author edits and `--apply` reads, in the order of the texts and their sections. */
export function suggestionsYaml({ suggestions }: SuggestionList): string {
  if (suggestions.length === 0) return `${HEAD.replace(/picks:\n$/, '')}picks: []\n`;
  const files = [...Map.groupBy(suggestions, ({ file }) => file).values()];
  const write = (withExcerpts: boolean) =>
    files.flatMap((own) => groupBySection(own).flatMap((group) => group.suggestions)).map((each) => writePick(each, withExcerpts));
  const full = HEAD + write(true).join('\n');
  return full.length <= MOST_CHARACTERS ? full : HEAD + write(false).join('\n');
}

function writePick({ requirement, summary, file, places: [first, ...others] }: Suggestion, withExcerpts: boolean): string {
  if (!first) return '';
  const quote = (text: string) => JSON.stringify(showText(text));
  return [
    ...(withExcerpts ? [`  # ${showText(summary)}`] : []),
    `  # ${placeLine(first)}: ${WORK[first.work]}, ${percent(first.share)} of its words${others.length > 0 ? `; or ${others.map(describeOther).join(', ')}` : ''}`,
    ...(withExcerpts && first.excerpt ? [`  # ${showText(first.excerpt)}`] : []),
    `  - requirement: ${quote(requirement)}`,
    `    file: ${quote(file)}`,
    `    section: ${quote(first.anchor)}`,
    `    seen: ${quote(`${first.anchor} ${first.seen}`)}`,
    '    apply: no',
    '',
  ].join('\n');
}
