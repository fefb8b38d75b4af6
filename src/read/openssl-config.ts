import type { NotTaken } from '../model/draft-profile.ts';

/** One line `name = value` of a section, with its variables put in. */
export interface OpensslSetting {
  name: string;
  value: string;
  line: number;
}

/** A configuration: the settings of each section in their order. Of a name that stands twice, the last one counts, as in OpenSSL. */
export interface OpensslConfig {
  sections: ReadonlyMap<string, ReadonlyMap<string, OpensslSetting>>;
  /** Lines that were not followed: other files, the environment, what is no setting. */
  notUnderstood: readonly NotTaken[];
}

const DEFAULT = 'default';
const MOST_LINES = 50_000;
/** As much as OpenSSL allows after variables were put in. */
const MOST_CHARACTERS = 65_536;

type Sections = Map<string, Map<string, OpensslSetting>>;

/**
 * Reads a configuration file of OpenSSL (config(5)). Never throws for bad content and never reads anything else: neither the
 * files that `.include` names nor the environment.
 */
export function readOpensslConfig(text: string): OpensslConfig {
  const sections: Sections = new Map([[DEFAULT, new Map()]]);
  const notUnderstood: NotTaken[] = [];
  let section = DEFAULT;
  for (const { content, line } of joinLines(text)) {
    const refuse = (name: string, seen: string) => void notUnderstood.push({ name, seen: seen.slice(0, 100), line });
    if (content.startsWith('.')) refuse(/^\.\w*/.exec(content)?.[0] ?? '.', `${content.replace(/^\.\w*/, '').trim()}, which is not followed`);
    else if (content.startsWith('[')) section = content.slice(1, Math.max(1, content.indexOf(']'))).trim();
    else if (!content.includes('=')) refuse('a line that is no setting', content);
    else {
      const { own, name, raw } = splitSetting(content, section);
      const value = expandValue(raw, own, sections);
      if (value.problem !== undefined) refuse(`${own}::${name}`, value.problem);
      else putSetting(sections, own, { name, value: value.text, line });
    }
    if (!sections.has(section)) sections.set(section, new Map());
  }
  return { sections, notUnderstood };
}

/** `name = value`, or `section::name = value`. */
function splitSetting(content: string, section: string): { own: string; name: string; raw: string } {
  const equals = content.indexOf('=');
  const left = content.slice(0, equals).trim();
  const colons = left.indexOf('::');
  const raw = content.slice(equals + 1).trim();
  return colons < 0 ? { own: section, name: left, raw } : { own: left.slice(0, colons), name: left.slice(colons + 2), raw };
}

function putSetting(sections: Sections, section: string, setting: OpensslSetting): void {
  const settings = sections.get(section) ?? new Map<string, OpensslSetting>();
  settings.delete(setting.name);
  sections.set(section, settings.set(setting.name, setting));
}

/** Lines that are neither empty nor comments, those joined that end with a backslash, without comments behind them. */
function joinLines(text: string): { content: string; line: number }[] {
  const joined: { content: string; line: number }[] = [];
  let pending: { content: string; line: number } | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/, MOST_LINES).entries()) {
    const own = stripComment(raw);
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(own.slice(-200));
    const part = continues ? own.slice(0, -1) : own;
    pending = { content: (pending?.content ?? '') + part, line: pending?.line ?? index + 1 };
    if (continues && pending.content.length <= MOST_CHARACTERS) continue;
    const content = pending.content.trim();
    if (content !== '') joined.push({ content, line: pending.line });
    pending = undefined;
  }
  return joined;
}

/** `#` begins a comment unless it is quoted or escaped. */
function stripComment(line: string): string {
  let quoted = '';
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    if (character === '\\') index += 1;
    else if (quoted !== '') quoted = character === quoted ? '' : quoted;
    else if (character === '"' || character === "'") quoted = character;
    else if (character === '#') return line.slice(0, index).trimEnd();
  }
  return line.trimEnd();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b' };
const VARIABLE = /^\$(?:\{(?:(\w+)::)?(\w+)\}|\((?:(\w+)::)?(\w+)\)|(?:(\w+)::)?(\w+))/;

/** Takes quotes and escapes off, and puts variables in: those of the section, else of the section `default`, each as it stood before. */
function expandValue(raw: string, section: string, sections: Sections): { text: string; problem?: undefined } | { problem: string } {
  let text = '';
  let quoted = '';
  for (let index = 0; index < raw.length; index += 1) {
    const character = raw[index] ?? '';
    if (character === '\\') {
      index += 1;
      text += ESCAPES[raw[index] ?? ''] ?? raw[index] ?? '';
    } else if (quoted !== '') {
      if (character === quoted) quoted = '';
      else text += character;
    } else if (character === '"' || character === "'") quoted = character;
    else if (character === '$') {
      const found = VARIABLE.exec(raw.slice(index, index + 300));
      const whole = found?.[0] ?? '';
      const value = found ? findVariable(found, section, sections) : undefined;
      if (value === undefined) return { problem: `${whole || '$'}, a variable that has no value here` };
      text += value;
      index += whole.length - 1;
    } else text += character;
    if (text.length > MOST_CHARACTERS) return { problem: `a value of more than ${MOST_CHARACTERS} characters` };
  }
  return { text };
}

function findVariable(found: RegExpExecArray, section: string, sections: Sections): string | undefined {
  const [, inBraces, nameInBraces, inBrackets, nameInBrackets, plain, namePlain] = found;
  const other = inBraces ?? inBrackets ?? plain;
  const name = nameInBraces ?? nameInBrackets ?? namePlain ?? '';
  if (other === 'ENV') return undefined;
  return (sections.get(other ?? section)?.get(name) ?? sections.get(DEFAULT)?.get(name))?.value;
}
