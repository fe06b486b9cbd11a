import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junit } from './junit.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { SAMPLE, saw } from './sample-report.fixture.ts';

/**
 * What Jenkins and GitLab read of JUnit XML, as far as we write it, and stricter than either: names
 * and order of elements, required attributes, and that the counts are numbers. Our own words; the
 * facts are those of Jenkins' junit-10.xsd, under which the same reports were found valid.
 */
const SCHEMA = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="count"><xs:restriction base="xs:nonNegativeInteger"/></xs:simpleType>
  <xs:simpleType name="seconds">
    <xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction>
  </xs:simpleType>
  <xs:complexType name="result" mixed="true">
    <xs:attribute name="type" use="required">
      <xs:simpleType>
        <xs:restriction base="xs:string">
          <xs:pattern value="failed|timeout|broken|interrupted|skipped"/>
        </xs:restriction>
      </xs:simpleType>
    </xs:attribute>
    <xs:attribute name="message" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="case">
    <xs:sequence>
      <xs:choice minOccurs="0">
        <xs:element name="failure" type="result"/>
        <xs:element name="error" type="result"/>
        <xs:element name="skipped" type="result"/>
      </xs:choice>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="time" type="seconds" use="required"/>
  </xs:complexType>
  <xs:complexType name="property">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="value" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:sequence>
      <xs:element name="properties">
        <xs:complexType><xs:sequence>
          <xs:element name="property" type="property" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType>
      </xs:element>
      <xs:element name="testcase" type="case" maxOccurs="unbounded"/>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="count" use="required"/>
    <xs:attribute name="failures" type="count" use="required"/>
    <xs:attribute name="errors" type="count" use="required"/>
    <xs:attribute name="skipped" type="count" use="required"/>
    <xs:attribute name="time" type="seconds" use="required"/>
    <xs:attribute name="timestamp" type="xs:dateTime"/>
    <xs:attribute name="file" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="time" type="seconds" use="required"/>
      <xs:attribute name="tests" type="count" use="required"/>
      <xs:attribute name="failures" type="count" use="required"/>
      <xs:attribute name="errors" type="count" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;

/** By libxml2, all of them at once. */
async function validate(documents: string[]) {
  const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  return validateXML({ xml, schema: SCHEMA });
}

const report = junit(SAMPLE);
const suite = (name: string): string =>
  new RegExp(`<testsuite name="${name}"[^]*?</testsuite>`).exec(report)?.[0] ?? '';

it('is valid, also when its texts are hostile', { timeout: 60_000 }, async () => {
  const hostile = fc.sample(hostileRun, 100).map(junit);
  const { valid, errors } = await validate([report, ...hostile]);
  expect(errors.slice(0, 3)).toEqual([]);
  expect(valid).toBe(true);
});

it('tells failures, timeouts, skips and what could not be tried apart', () => {
  expect(report).toMatch(/<testsuites [^>]*tests="15" failures="2" errors="3">/);
  expect(suite('well')).toMatch(/tests="3" failures="0" errors="0" skipped="1"/);
  expect(suite('wrong')).toContain(`<failure type="failed" message="${saw('nothing')}">`);
  expect(suite('slow')).toContain(`<failure type="timeout" message="${saw('one more')}">`);
  expect(suite('broken')).toMatch(/<error type="broken" message="the server died/);
  expect(suite('unkept')).toMatch(/<error type="broken" message="the bundle cannot be written/);
  expect(suite('cut')).toMatch(/<error type="interrupted"/);
  expect(suite('left')).toMatch(/<skipped type="skipped" message="not run: interrupted"/);
});

it('names the files of the bundle where GitLab and where Jenkins look, a line each', () => {
  const lines = (text: string): string[] => text.match(/\[\[ATTACHMENT\|.*?\]\]/g) ?? [];
  const files = ['report.html', 'events.ndjson', 'result.json', 'server.pcap'];
  const named = files.map((file) => `[[ATTACHMENT|runs/well/${file}]]`);
  expect(lines(suite('well'))).toEqual(named);
  const failed = /<testcase name="[^"]* nothing"[^]*?<\/testcase>/.exec(suite('wrong'))?.[0] ?? '';
  expect(lines(failed)[0]).toBe('[[ATTACHMENT|runs/wrong/report.html]]');
});

it('a text comes out of a parser as it went in, but attaches no file', async () => {
  const hostile = ' a\n\tb "c" <d> & ]]> 状态 \u001b ';
  const printed = `${hostile}[[ATTACHMENT|/etc/hostname]]`;
  const [first] = SAMPLE.labs;
  if (first === undefined) throw new Error('no lab');
  const [expectation] = first.expectations;
  if (expectation === undefined) throw new Error('no expectation');
  const labs = [{ ...first, expectations: [{ ...expectation, name: hostile, seen: printed }] }];
  const xml = junit({ ...SAMPLE, labs });
  const { normalized } = await validateXML({ xml, normalization: 'c14n' });
  expect(normalized).toContain('name=" a&#xA;&#x9;b &quot;c&quot; &lt;d> &amp; ]]> 状态 ␛ "');
  expect(normalized).toContain(
    '<system-out> a\n\tb "c" &lt;d&gt; &amp; ]]&gt; 状态 ␛ [ATTACHMENT|',
  );
});
