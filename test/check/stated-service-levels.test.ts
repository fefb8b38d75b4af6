import { describe, expect, test } from 'vitest';
import { statedIssuance } from '../../src/check/stated-periods.ts';
import { statedLevels } from '../../src/check/stated-service-levels.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

/** What a section promises: kind, numbers and services. */
function read(section: string, text: string): string[] {
  const { sections } = readMarkdown(`## ${section} Title\n\n${text}\n`, 'cps.md');
  return statedLevels({ sections }).map((level) => {
    const numbers =
      level.kind === 'availability' ? `${level.share} a ${level.per}` : level.kind === 'response' ? `${level.share} in ${level.within}` : `${level.hours}`;
    return `${level.kind} ${numbers} ${level.services.join('+')}`;
  });
}

describe('availability, outages, answers', () => {
  test.each([
    ['both services', '4.10.2', 'CRL and OCSP are available 24 hours a day, with 99.5 % a month each.', ['availability 0.995 a month crl+ocsp']],
    ['one service', '4.10.2', 'OCSP is available for 99.9% of each month.', ['availability 0.9990000000000001 a month ocsp']],
    ['a year', '4.10.2', 'The status services have an availability of 99 % per year.', ['availability 0.99 a year crl+ocsp']],
    ['German', '4.10.2', 'Der Dienst ist zu 99,5 % im Monat verfügbar.', ['availability 0.995 a month crl+ocsp']],
    ['German, a year', '4.10.2', 'Die Verfügbarkeit beträgt 99,5 % im Jahr.', ['availability 0.995 a year crl+ocsp']],
    ['two numbers tell nothing', '4.10.2', 'CRL is available for 99.9 % and OCSP for 99.5 % of a month.', []],
    ['no availability', '4.10.2', 'Each site carries 50 % of the load.', []],
    ['an outage', '4.10.2', 'An outage, also one outside the control of ETS, ends within 24 hours.', ['outage 24 crl+ocsp']],
    ['an outage of OCSP', '4.9.9', 'The responders answer always; an outage lasts at most two days.', ['outage 48 ocsp']],
    ['German outage', '4.10.2', 'Ein Ausfall endet innerhalb von 24 Stunden.', ['outage 24 crl+ocsp']],
    ['publication', '4.9.8', 'A CRL is published within 10 minutes of its signature.', [`publication ${10 / 60} crl`]],
    ['publication after a revocation is another thing', '4.9.8', 'A CRL is published within 60 minutes of the decision.', []],
    ['answers', '4.9.10', '| Parameter | Value |\n| --- | --- |\n| Response time | 95 % of responses within 500 ms |', ['response 0.95 in 500 ocsp']],
    ['answers, all', '4.9.10', 'The response time is at most 10 seconds.', ['response 1 in 10000 ocsp']],
    ['answers, German', '4.9.10', '95 % der Antworten kommen innerhalb von 2 Sekunden.', ['response 0.95 in 2000 ocsp']],
    ['another section', '5.1.3', 'CRL and OCSP are available for 99.5 % a month.', []],
  ] as const)('%s', (_, section, text, expected) => {
    expect(read(section, text)).toEqual(expected);
  });
});

describe('how often CRLs are issued', () => {
  const CAS = [
    { name: 'Example Root', isForCas: true },
    { name: 'Example CA', isForCas: false },
  ];
  test.each([
    ['hours', 'A CRL is issued every 12 hours and after each revocation.', [12, 12]],
    ['a day', 'CRLs are issued at least once a day.', [24, 24]],
    ['daily', 'The CRL of Example CA is issued daily.', [undefined, 24]],
    ['weeks', 'CRLs are issued weekly.', [168, 168]],
    ['German', 'Sperrlisten werden alle 12 Stunden ausgestellt.', [12, 12]],
    [
      'rows',
      '| CRL | Issued |\n| --- | --- |\n| Example CA | every 12 hours |\n| Example Root | every 6 months, and within 24 hours of a revocation |',
      [4416, 12],
    ],
    ['no CRL', 'OCSP signers are replaced every 60 days.', [undefined, undefined]],
  ])('%s', (_, text, expected) => {
    const { sections } = readMarkdown(`## 4.9.7 Title\n\n${text}\n`, 'cps.md');
    const periods = statedIssuance({ sections }, CAS);
    expect(CAS.map((ca) => periods.find(({ isAbout }) => isAbout(ca))?.hours)).toEqual(expected);
  });
});
