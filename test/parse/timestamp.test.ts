import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTimestamp } from '../../src/parse/timestamp.ts'

const now = new Date(1718454896789)

describe('parseTimestamp', () => {
  const zone = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = 'UTC'
  })
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  it.each<[string, string]>([
    ['0', '0'],
    ['10s', '1718454886'],
    ['1.5h', '1718449496'],
    ['-10s', '1718454906'],
    ['10', '10'],
    ['1136073600', '1136073600'],
    ['1136073600.000000001', '1136073600.000000001'],
    ['1136073600.5', '1136073600.5'],
    ['2006-01-02', '1136160000.000000000'],
    ['2006-01-02Z', '1136160000.000000000'],
    ['2006-01-02+01:00', '1136156400.000000000'],
    ['2006-01-02-01:00', '1136163600.000000000'],
    ['2006-01-02T15', '1136214000.000000000'],
    ['2006-01-02T15Z', '1136214000.000000000'],
    ['2006-01-02T15+02:00', '1136206800.000000000'],
    ['2006-01-02T15:04', '1136214240.000000000'],
    ['2006-01-02T15:04Z', '1136214240.000000000'],
    ['2006-01-02T15:04-07:00', '1136239440.000000000'],
    ['2006-01-02T15:04:05', '1136214245.000000000'],
    ['2006-01-02T15:04:05Z', '1136214245.000000000'],
    ['2006-01-02T15:04:05+07:00', '1136189045.000000000'],
    ['2006-01-02T15:04:05.999999999', '1136214245.999999999'],
    ['2006-01-02T15:04:05.5Z', '1136214245.500000000'],
    ['2006-01-02T15:04:05.123456789012Z', '1136214245.123456789'],
    ['2006-01-02T15:04:05.5-07:00', '1136239445.500000000'],
    ['20060102', '20060102'],
    ['2006-01-02T1:04:05', '1136163845.000000000'],
    ['2006-01-02T15:04:05,5', '1136214245.500000000'],
    ['1969-12-31T23:59:59.5Z', '-1.500000000'],
    ['0001-01-01', '-62135596800.000000000'],
    ['0000-01-01Z', '-62167219200.000000000'],
    ['2004-02-29', '1078012800.000000000'],
    ['12h30m', '1718409896'],
    ['+5s', '1718454891'],
    ['+5', '+5'],
  ])('reads %j', (text, value) => {
    expect(parseTimestamp(text, now)).toBe(value)
  })

  it.each<[string, string]>([
    ['1136073600.', 'failed to parse value as time or duration: "1136073600."'],
    ['1.2.3', 'failed to parse value as time or duration: "1.2.3"'],
    ['', 'failed to parse value as time or duration: ""'],
    ['x', 'failed to parse value as time or duration: "x"'],
    ['now', 'failed to parse value as time or duration: "now"'],
    ['2006-13-01', 'parsing time "2006-13-01": month out of range'],
    ['2006-02-30', 'parsing time "2006-02-30": day out of range'],
    ['2006-00-10', 'parsing time "2006-00-10": month out of range'],
    ['2006-01-00', 'parsing time "2006-01-00": day out of range'],
    ['2006-1-2', 'parsing time "2006-1-2" as "2006-01-02": cannot parse "1-2" as "01"'],
    ['06-01-02', 'parsing time "06-01-02" as "2006-01-02": cannot parse "06-01-02" as "2006"'],
    ['2006-01-02T25:00', 'parsing time "2006-01-02T25:00": hour out of range'],
    ['2006-01-02T15:60', 'parsing time "2006-01-02T15:60": minute out of range'],
    ['2006-01-02T15:04:60', 'parsing time "2006-01-02T15:04:60": second out of range'],
    ['2006-01-02 15:04:05', 'parsing time "2006-01-02 15:04:05": extra text: " 15:04:05"'],
    [
      '2006-01-02t15:04:05z',
      'parsing time "2006-01-02t15:04:05z" as "2006-01-02Z07:00": cannot parse "t15:04:05z" as "Z07:00"',
    ],
    [
      '2006-01-02T15:04:05 Z',
      'parsing time "2006-01-02T15:04:05 Z" as "2006-01-02T15:04:05Z07:00": cannot parse " Z" as "Z07:00"',
    ],
    ['2006-01-02Tx', 'parsing time "2006-01-02Tx" as "2006-01-02T15": cannot parse "x" as "15"'],
    ['2006-01-02T15:04:05+25:00', 'parsing time "2006-01-02T15:04:05+25:00": time zone offset hour out of range'],
    ['2006-01-02T15:04:05+07:61', 'parsing time "2006-01-02T15:04:05+07:61": time zone offset minute out of range'],
    ['2005-02-29', 'parsing time "2005-02-29": day out of range'],
    ['2006-01-', 'parsing time "2006-01-" as "2006-01-02": cannot parse "" as "02"'],
    ['-', 'parsing time "-" as "2006-01-02": cannot parse "-" as "2006"'],
    ['2006-01-02T15:04:', 'parsing time "2006-01-02T15:04:" as "2006-01-02T15:04:05": cannot parse "" as "05"'],
    ['1e3', 'failed to parse value as time or duration: "1e3"'],
    ['2006-01-02T15:04:05.x', 'parsing time "2006-01-02T15:04:05.x": extra text: ".x"'],
    ['2006-01-02.5', 'parsing time "2006-01-02.5" as "2006-01-02T15:04:05.999999999": cannot parse ".5" as "T"'],
    ['é-', 'parsing time "\\xc3\\xa9-" as "2006-01-02": cannot parse "\\xc3\\xa9-" as "2006"'],
    [
      '2006-01-02T15:04:05+0700',
      'parsing time "2006-01-02T15:04:05+0700" as "2006-01-02T15:04Z07:00": cannot parse ":05+0700" as "Z07:00"',
    ],
    ['2006-01-0', 'parsing time "2006-01-0" as "2006-01-02": cannot parse "0" as "02"'],
    ['99999999999999999999', 'failed to parse value as time or duration: "99999999999999999999"'],
    [
      '2006-01-02T15:04:05z',
      'parsing time "2006-01-02T15:04:05z" as "2006-01-02T15:04:05Z07:00": cannot parse "z" as "Z07:00"',
    ],
    ['3-', 'parsing time "3-" as "2006-01-02": cannot parse "3-" as "2006"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseTimestamp(text, now)).toThrow(new Error(message))
  })

  it.each<[string, string]>([
    ['2006-01-02', '1136174400.000000000'],
    ['2006-01-02T15', '1136228400.000000000'],
    ['2006-01-02T15:04', '1136228640.000000000'],
    ['2006-01-02T15:04:05', '1136228645.000000000'],
    ['2006-01-02T15:04:05.999999999', '1136228645.999999999'],
    ['2006-01-02T1:04:05', '1136178245.000000000'],
    ['2006-01-02T15:04:05,5', '1136228645.500000000'],
    ['0001-01-01', '-62135582400.000000000'],
    ['2004-02-29', '1078027200.000000000'],
  ])('reads %j in the zone that holds now, summer or winter', (text, value) => {
    process.env['TZ'] = 'America/New_York'
    expect(parseTimestamp(text, now)).toBe(value)
  })
})
