import type { DraftRow, NotTaken } from '../model/draft-profile.ts';
import { describeJavaValue, type JavaValue } from './java-object.ts';

/** Settings that shape how a CA works and not what its certificates look like, or that only go with one that was read. */
const ASIDE = new Set(
  `version type description allowbackdatedrevokation usecertificatestorage storecertificatedata storesubjectaltname usedpublishers approvals
  approvalsettings approvalprofile numofreqapprovals availablecas useldapdnorder usecustomdnorder customdnorder usecrlnumber crlnumbercritical
  usecrldistributionpointoncrl cvctermtype cvcaccessrights cvclongaccessrights cvcsigntermdvtype minimumavailablebitlength
  maximumavailablebitlength availablebitlengths availableeccurves usecertificatetransparencyinocsp usecertificatetransparencyinpublisher
  useprivkeyusageperiodnotbefore useprivkeyusageperiodnotafter privkeyusageperiodstartoffset privkeyusageperiodlength
  expirationrestrictionforweekdaysbefore expirationrestrictionweekdays usecertificatevalidityoffset certificatevalidityoffset
  qcetsivaluelimit qcetsivaluelimitexp qccustomstringtext useqcetsitype usedefaultcaissuer usedefaultocspservicelocator
  accountbindingnamespace cabforganizationidentifier eabnamespaces useocspservicelocator usecaissuersuri`
    .split(/\s+/)
    .filter(Boolean),
);

/** The settings of one certificate profile, and which of them were read. */
export class EjbcaSettings {
  private readonly entries: ReadonlyMap<string, JavaValue>;
  private readonly read = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(entries: ReadonlyMap<string, JavaValue>) {
    this.entries = entries;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** Whether a switch is on. */
  isOn(key: string): boolean {
    return this.text(key) === 'true';
  }

  /** A text, number or truth value; undefined where there is none, or it is empty. */
  text(key: string): string | undefined {
    const value = this.entries.get(key);
    if (!value || !('text' in value)) return undefined;
    this.read.add(key);
    return value.text.trim() === '' ? undefined : value.text.trim();
  }

  /** The texts, numbers and truth values of a list. Whatever else is in it leaves the key among those not understood. */
  texts(key: string): readonly string[] {
    const value = this.entries.get(key);
    if (value?.kind !== 'list') return [];
    this.read.add(key);
    if (value.items.some((item) => !('text' in item))) this.refuse(key);
    return value.items.flatMap((item) => ('text' in item ? item.text.trim() : []));
  }

  /** The objects of a list, each as a function from the name of a property to its text. */
  beans(key: string): readonly ((property: string) => string | undefined)[] {
    const value = this.entries.get(key);
    if (value?.kind !== 'list') return [];
    this.read.add(key);
    if (value.items.some((item) => item.kind !== 'bean')) this.refuse(key);
    return value.items.flatMap((item) => {
      if (item.kind !== 'bean') return [];
      return (property: string) => {
        const found = item.properties.get(property);
        return found && 'text' in found && found.text.trim() !== '' ? found.text.trim() : undefined;
      };
    });
  }

  /** The row for an extension, critical or not as its key says; where there is no such key, its criticality is not said. */
  extension(name: string, key: string, criticalKey: string | undefined): DraftRow {
    const critical = criticalKey !== undefined && this.text(criticalKey) !== undefined ? this.isOn(criticalKey) : undefined;
    return { field: `extensions.${name}`, comment: key, ...(critical !== undefined && { critical }) };
  }

  /** A key that was looked at and has no row. */
  refuse(key: string): void {
    this.refused.add(key);
  }

  /** What is neither read, nor left aside, nor off. */
  listUnread(): NotTaken[] {
    return [...this.entries]
      .filter(([key, value]) => this.refused.has(key) || !(this.isAside(key) || this.read.has(key) || isOff(value)))
      .map(([key, value]) => ({ name: key, seen: describeJavaValue(value), line: value.line }));
  }

  /** All other keys without a row, by their names. */
  describeRest(): string[] {
    const rest = [...this.entries].filter(([key]) => !this.refused.has(key));
    const aside = rest.filter(([key]) => this.isAside(key) && !this.read.has(key)).map(([key]) => key);
    const off = rest.filter(([key, value]) => !aside.includes(key) && isOff(value) && !isCriticality(key)).map(([key]) => key);
    return [
      ...(aside.length > 0 ? [`Left aside, for these do not shape certificates or only go with a row: ${aside.join(', ')}.`] : []),
      ...(off.length > 0 ? [`Off or empty, and in no row: ${off.join(', ')}.`] : []),
    ];
  }

  private isAside(key: string): boolean {
    return ASIDE.has(key.toLowerCase()) || isCriticality(key);
  }
}

/** The criticality of an extension, which stands in its row or is that of one that is off. */
const isCriticality = (key: string): boolean => key.endsWith('critical');

/** Whether a value says that a feature is not used. */
function isOff(value: JavaValue): boolean {
  if (value.kind === 'null') return true;
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'map') return value.entries.size === 0;
  return 'text' in value && ['', 'false', '0', '-1'].includes(value.text.trim());
}
