import { RateLimiter } from '@stowage/metadata';
import { describe, expect, it, vi } from 'vitest';
import { aNetwork, openCheck, outcomeOf, PASSWORD } from './a-check.js';

const opened = openCheck();
const WRONG = 'WrongPasswordError';
const LIMITED = 'TooManyAttemptsError';

async function wrong(times: number, login: string, address: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (let tried = 0; tried < times; tried += 1) outcomes.push(await opened.outcome(login, `wrong-${tried}`, address));
  return outcomes;
}

/** As if somebody had guessed that often: the same rows without the hashing. */
async function exhaust(kind: 'known' | 'name' | 'network', times: number): Promise<void> {
  await opened.database.run(
    (db) => db.$executeRaw`UPDATE rate_window SET count = ${times} WHERE starts_with(key, ${`sign-in:${kind}:`})`,
  );
}

const passTime = () => opened.database.run((db) => db.$executeRaw`UPDATE rate_window SET ends_at = now()`);

describe('a password', () => {
  it('signs in by name and by address, in any case', async () => {
    const login = await opened.addUser();
    expect(await opened.outcome(login.toUpperCase(), PASSWORD, aNetwork())).toBe('ok');
    expect(await opened.outcome(`${login}@EXAMPLE.com`, PASSWORD, aNetwork())).toBe('ok');
  });

  it('that is wrong, of nobody or of a disabled user is the same error after the same questions', async () => {
    const [login, disabled] = [await opened.addUser(), await opened.addUser()];
    await opened.database.run((db) =>
      db.user.update({ where: { username: disabled }, data: { disabledAt: new Date() } }),
    );
    const asked = async (name: string, password: string) => {
      const prepared = vi.spyOn(opened.database, 'prepared');
      const outcome = await opened.outcome(name, password, aNetwork());
      const questions = prepared.mock.calls.map(([statement]) => statement);
      prepared.mockRestore();
      return { outcome, questions };
    };
    const answer = await asked(login, 'wrong');
    expect(answer.outcome).toBe(WRONG);
    expect(answer.questions.length).toBeGreaterThan(3);
    expect(await asked('nobody-at-all', 'wrong')).toEqual(answer);
    expect(await asked(disabled, PASSWORD)).toEqual(answer);
  });
});

describe('wrong passwords from a network that the owner never used', () => {
  it('are ten, then refused for a while together with the right one, and the owner gets in from home', async () => {
    const [login, home, elsewhere] = [await opened.addUser(), aNetwork(), aNetwork()];
    expect(await opened.outcome(login, PASSWORD, home)).toBe('ok');
    expect(await wrong(12, login, elsewhere)).toEqual([...Array<string>(10).fill(WRONG), LIMITED, LIMITED]);
    expect(await opened.outcome(login, PASSWORD, elsewhere)).toBe(LIMITED);
    expect(await opened.outcome(login, PASSWORD, home)).toBe('ok');
    await passTime();
    expect(await opened.outcome(login, PASSWORD, elsewhere)).toBe('ok');
  });

  it('are refused in the same way when there is no such user', async () => {
    expect(await wrong(11, 'nobody-here', aNetwork())).toEqual([...Array<string>(10).fill(WRONG), LIMITED]);
  });

  it('say how long to wait, and nothing about the password', async () => {
    const [login, elsewhere] = [await opened.addUser(), aNetwork()];
    await wrong(10, login, elsewhere);
    const attempt = { login, password: PASSWORD, address: elsewhere, door: 'dashboard' } as const;
    await expect(opened.check.signIn(attempt)).rejects.toMatchObject({
      name: LIMITED,
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 300 && seconds <= 900),
      message: expect.stringMatching(/try again in \d+ minutes$/),
    });
  });

  it('are counted by all replicas together', async () => {
    const [login, elsewhere, replicas] = [await opened.addUser(), aNetwork(), [opened.another(), opened.another()]];
    const outcomes: string[] = [];
    for (let tried = 0; tried < 6; tried += 1) {
      for (const replica of replicas) outcomes.push(await outcomeOf(replica, login, 'wrong', elsewhere));
    }
    expect(outcomes.filter((outcome) => outcome === WRONG)).toHaveLength(10);
    expect(outcomes.slice(10)).toEqual([LIMITED, LIMITED]);
  });

  it('are no more when they come all at a time', async () => {
    const [login, elsewhere] = [await opened.addUser(), aNetwork()];
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, at) => opened.outcome(login, `wrong-${at}`, elsewhere)),
    );
    const hashed = outcomes.filter((outcome) => outcome === WRONG);
    // Two are hashed at a time, so one may be on its way when the tenth is counted.
    expect(hashed.length).toBeGreaterThanOrEqual(10);
    expect(hashed.length).toBeLessThanOrEqual(11);
    expect(outcomes.filter((outcome) => outcome === LIMITED)).toHaveLength(60 - hashed.length);
  });

  it('are forgiven by the right one', async () => {
    const [login, elsewhere] = [await opened.addUser(), aNetwork()];
    for (let round = 0; round < 3; round += 1) {
      expect(await wrong(9, login, elsewhere)).not.toContain(LIMITED);
      expect(await opened.outcome(login, PASSWORD, elsewhere)).toBe('ok');
      await opened.database.run((db) => db.signInNetwork.deleteMany());
    }
  });

  it('from very many networks close the account to strangers, not to its owner', async () => {
    const [login, home, other] = [await opened.addUser(), aNetwork(), await opened.addUser()];
    await opened.outcome(login, PASSWORD, home);
    await wrong(1, login, aNetwork());
    await exhaust('name', 100);
    expect(await opened.outcome(login, PASSWORD, aNetwork())).toBe(LIMITED);
    expect(await opened.outcome(login, PASSWORD, home)).toBe('ok');
    expect(await opened.outcome(other, PASSWORD, aNetwork())).toBe('ok');
    await passTime();
  });

  it('tried on very many accounts close the network to those whom it never saw', async () => {
    const [local, stranger, network] = [await opened.addUser(), await opened.addUser(), aNetwork()];
    await opened.outcome(local, PASSWORD, network);
    await wrong(1, 'somebody', network);
    await exhaust('network', 100);
    expect(await opened.outcome(stranger, PASSWORD, network)).toBe(LIMITED);
    expect(await opened.outcome(stranger, PASSWORD, aNetwork())).toBe('ok');
    expect(await opened.outcome(local, PASSWORD, network)).toBe('ok');
    await passTime();
  });
});

describe('wrong passwords from a network that the owner has used', () => {
  it('are answered with patience for ten, and never keep the right one out', async () => {
    const [login, home] = [await opened.addUser(), aNetwork()];
    await opened.outcome(login, PASSWORD, home);
    expect(await wrong(40, login, home)).toEqual([
      ...Array<string>(10).fill(WRONG),
      ...Array<string>(30).fill(LIMITED),
    ]);
    expect(await opened.outcome(login, PASSWORD, home)).toBe('ok');
  });

  it('are as many an hour as a person can never type, and no more', async () => {
    const [login, home] = [await opened.addUser(), aNetwork()];
    await opened.outcome(login, PASSWORD, home);
    await wrong(1, login, home);
    await exhaust('known', 300);
    expect(await opened.outcome(login, PASSWORD, home)).toBe(LIMITED);
    await passTime();
    expect(await opened.outcome(login, PASSWORD, home)).toBe('ok');
  });

  it('are those of a stranger after 90 days', async () => {
    const [login, home] = [await opened.addUser(), aNetwork()];
    await opened.outcome(login, PASSWORD, home);
    await opened.database.run((db) => db.$executeRaw`UPDATE sign_in_network SET last_at = now() - interval '91 days'`);
    await wrong(10, login, home);
    expect(await opened.outcome(login, PASSWORD, home)).toBe(LIMITED);
  });
});

describe('what is kept', () => {
  it('is nothing that was typed, and goes by itself', async () => {
    await opened.outcome('my-secret-in-the-wrong-field', 'wrong-secret', aNetwork());
    const rows = await opened.database.prepared('test_kept', 'SELECT r::text FROM rate_window r', []);
    const events = await opened.database.prepared('test_audit', 'SELECT e::text FROM audit_event e', []);
    expect(JSON.stringify([rows, events])).not.toMatch(/secret/);
    expect(rows.length).toBeGreaterThan(0);
    await passTime();
    expect(await new RateLimiter(opened.database).deleteEnded()).toBe(rows.length);
  });

  it('is ten rows an hour about one account from one network, of which the last says that there is more', async () => {
    const [login, home] = [await opened.addUser(), aNetwork()];
    await opened.outcome(login, PASSWORD, home);
    await wrong(25, login, home);
    const rows = await opened.database.prepared<{ detail: object; address: string }>(
      'test_failures',
      `SELECT detail, address FROM audit_event WHERE action = 'login.fail' AND target = $1 ORDER BY id`,
      [login],
    );
    expect(rows).toHaveLength(10);
    expect(rows[0]).toEqual({ address: home, detail: { at: 'dashboard', reason: 'password' } });
    expect(rows[9]?.detail).toMatchObject({ more: true });
  });
});
