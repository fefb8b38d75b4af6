import type { Holder, Purpose } from '../model/certificate-summary.ts';
import type { NamedPolicy } from '../model/governing.ts';
import { de } from './certificate-strings-de.ts';
import { en } from './certificate-strings-en.ts';
import { columnOf } from './column-of.ts';

/** Words about a certificate and the policies that governed it; the command takes the English ones. Sentences are whole. */
export interface GoverningStrings {
  purposes: Readonly<Record<Purpose, string>>;
  holders: Readonly<Record<Holder, string>>;
  origins: Readonly<Record<NamedPolicy['origin'], string>>;
  and: string;
  nobody: string;
  unreadableTime: string;
  ca: string;
  ocspSigner: string;
  euQualified: string;
  certificate: string;
  qualifiedUnder(countries: string): string;
  /** `purposes` is empty where the certificate names none. */
  kind(status: string, purposes: string, holder: string): string;
  qscd: string;
  psd2(roles: string, authority: string): string;
  precertificate: string;
  shortTerm: string;
  governed(when: string, texts: string): string;
  notThen(when: string, others: string): string;
  later(version: string, policy: string, from: string): string;
  earlier(version: string, policy: string, from: string, until: string): string;
  now: string;
  noPolicy(provider: string, issuer: string): string;
  foreign(provider: string, issuer: string): string;
  foreignAsFar(provider: string, issuer: string): string;
  isCa: string;
  isOcspSigner: string;
  undated: string;
  unknown(versions: string): string;
  shared: string;
  agrees: string;
}

/** Words of the lookup by certificate on its page. */
export interface CertificateStrings {
  governing: GoverningStrings;
  form: {
    title: string;
    introduction: string;
    file: string;
    fileHint: string;
    paste: string;
    submit: string;
    drop: string;
    many: string;
    withoutScript: string;
    loading: string;
    failed: string;
    broken: string;
    nothing: string;
    tooLarge(megabytes: number): string;
    unreadable: string;
    secret: string;
    line(line: number): string;
    notRead(count: number): string;
    choose(count: number): string;
    others: string;
  };
  answer: {
    governed(texts: string): string;
    issued(kind: string, when: string, zone: string): string;
    notThen: string;
    foreign(provider: string): string;
    ca: string;
    ocspSigner: string;
    undated: string;
    says: string;
    subject: string;
    issuer: string;
    serial: string;
    valid: string;
    period(from: string, until: string): string;
    issuedAt: string;
    instant(when: string, zone: string): string;
    policies: string;
    none: string;
    unnamed: string;
    practice: string;
    texts: string;
    statedIn: string;
    qualified: string;
    qscd: string;
    profile: string;
    noProfile: string;
    differs(count: number): string;
    deviations: string;
    field: string;
    seen: string;
    expected: string;
    stated: string;
    absent: string;
    optional: string;
    warning: string;
    agreements(count: number): string;
    standards: string;
    clean: string;
    findings(errors: number, warnings: number): string;
    notes(count: number): string;
    asked: string;
    judgedAs(policy: string): string;
    younger(count: number): string;
    severities: Readonly<Record<'error' | 'warning' | 'info', string>>;
    notJudged: string;
    limits: string;
    copy: string;
    copied: string;
    copyByHand: string;
    link: string;
    linkHint: string;
  };
}

const columns: Readonly<Record<string, CertificateStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const certificateStrings = (language: string): CertificateStrings => columns[columnOf(language)] ?? en;
