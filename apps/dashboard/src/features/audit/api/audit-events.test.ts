import { describe, expect, it } from 'vitest';
import { auditExportUrl, NO_FILTER, toParameters } from './audit-events';

describe('the filter of the audit log', () => {
  it('leaves out what is empty', () => {
    expect(toParameters(NO_FILTER)).toEqual({});
    expect(toParameters({ ...NO_FILTER, actor: '  ada ', action: 'tag' })).toEqual({ actor: 'ada', action: 'tag' });
  });

  it('takes days as a whole, from the first moment of the first to the last of the last', () => {
    const { from, to } = toParameters({ ...NO_FILTER, from: '2026-11-21', to: '2026-11-21' });
    expect(from).toBe(new Date(2026, 10, 21).toISOString());
    expect(to).toBe(new Date(2026, 10, 22).toISOString());
  });

  it('is the same for the file', () => {
    expect(auditExportUrl('acme', { ...NO_FILTER, target: 'app:v1' }, 'csv')).toBe(
      '/api/v1/namespaces/acme/audit-events/export?target=app%3Av1&format=csv',
    );
    expect(auditExportUrl(null, NO_FILTER, 'json')).toBe('/api/v1/admin/audit-events/export?format=json');
  });
});
