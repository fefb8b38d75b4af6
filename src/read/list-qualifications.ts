import { type CriteriaList, type Criterion, etsiNameOf, type Qualification } from '../model/trusted-list.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from './xml.ts';

/** The namespaces of qualifications and of the criteria that came later (TS 119 612, 5.5.9.2). */
const QUALIFICATIONS = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';
const ADDITIONAL = 'http://uri.etsi.org/02231/v2/additionaltypes#';

const isOwn = ({ namespace, name }: XmlElement, local: string): boolean => namespace === QUALIFICATIONS && name === local;
const ownChildren = (parent: XmlElement, name: string): readonly XmlElement[] => elementsOf(parent).filter((element) => isOwn(element, name));

/** The elements of a Qualifications extension; none of another extension. */
export function readQualifications(extension: XmlElement, critical: boolean): readonly Qualification[] {
  if (!isOwn(extension, 'Qualifications')) return [];
  return ownChildren(extension, 'QualificationElement').map((element) => ({
    qualifiers: ownChildren(element, 'Qualifiers').flatMap((list) =>
      ownChildren(list, 'Qualifier').map((item) => etsiNameOf((attributeOf(item, 'uri') ?? '').trim())),
    ),
    critical,
    criteria: readCriteria(element),
    line: element.start.line,
  }));
}

/** Without exactly one list of criteria nobody can say for which certificates the qualifiers hold. */
function readCriteria(element: XmlElement): CriteriaList {
  const [list, ...more] = ownChildren(element, 'CriteriaList');
  if (!list || more.length > 0)
    return { kind: 'list', assert: 'all', criteria: [{ kind: 'unknown', name: `${more.length > 0 ? 'several' : 'no'} CriteriaList` }] };
  return readCriteriaList(list);
}

const ASSERTIONS = ['all', 'atLeastOne', 'none'] as const;

function readCriteriaList(list: XmlElement): CriteriaList {
  const assert = ASSERTIONS.find((known) => known === attributeOf(list, 'assert'));
  const criteria = elementsOf(list).flatMap(readCriterion);
  return assert
    ? { kind: 'list', assert, criteria }
    : { kind: 'list', assert: 'all', criteria: [{ kind: 'unknown', name: `assert="${(attributeOf(list, 'assert') ?? '').slice(0, 30)}"` }] };
}

function readCriterion(element: XmlElement): readonly Criterion[] {
  if (element.namespace === QUALIFICATIONS) {
    switch (element.name) {
      case 'Description':
        return [];
      case 'CriteriaList':
        return [readCriteriaList(element)];
      case 'KeyUsage':
        return [readKeyUsage(element)];
      case 'PolicySet':
        return [{ kind: 'policies', oids: elementsOf(element).map(readOid) }];
      case 'otherCriteriaList':
        return elementsOf(element).flatMap(readOther);
    }
  }
  return [unknown(element)];
}

const unknown = ({ name, namespace }: XmlElement): Criterion => ({ kind: 'unknown', name: `${name} (${namespace})` });

function readKeyUsage(element: XmlElement): Criterion {
  const bits = elementsOf(element).map((bit) => ({ name: attributeOf(bit, 'name') ?? '', text: textOf(bit).trim() }));
  const wrong = bits.find(({ name, text }) => name === '' || !/^(true|false|1|0)$/.test(text));
  if (wrong) return { kind: 'unknown', name: `KeyUsageBit ${wrong.name} "${wrong.text.slice(0, 20)}"` };
  return { kind: 'keyUsage', bits: bits.map(({ name, text }) => ({ name, value: text === 'true' || text === '1' })) };
}

/** The criteria that came with later editions, in either namespace. */
function readOther(element: XmlElement): readonly Criterion[] {
  if (element.namespace !== ADDITIONAL && element.namespace !== QUALIFICATIONS) return [unknown(element)];
  const oids = elementsOf(element).map(readOid);
  if (element.name === 'ExtendedKeyUsage') return [{ kind: 'extendedKeyUsage', oids }];
  if (element.name === 'CertSubjectDNAttribute') return [{ kind: 'subjectAttributes', oids }];
  // A statement with demands on its content asks for more than its presence.
  const isPlain = !elementsOf(element).some((statement) => elementsOf(statement).some(({ name }) => name !== 'QcStatementId'));
  return element.name === 'QcStatementSet' && isPlain ? [{ kind: 'qcStatements', oids }] : [unknown(element)];
}

/** Lists write an OID plainly or as `urn:oid:`, with or without the attribute that says so. */
function readOid(element: XmlElement): string {
  const text = textOf(element).trim().split(/\s+/)[0] ?? '';
  return text.replace(/^urn:oid:/i, '');
}
