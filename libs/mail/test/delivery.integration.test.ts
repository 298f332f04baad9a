import { queueMail, withdrawMail } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { aMailServer } from './support/a-mail-server.js';
import { aPost, aReset } from './support/a-post.js';

describe('a letter', () => {
  it('arrives as text and HTML with its link, once, and nothing of it is kept', async () => {
    const [post, server] = [await aPost(), await aMailServer()];
    const letter = aReset();
    const id = await post.put(letter);
    expect(await post.deliver(server.url)).toBe(1);
    expect(await post.deliver(server.url)).toBe(0);
    expect(await post.rows()).toEqual([]);
    const [mail] = server.received;
    expect(server.received).toHaveLength(1);
    expect(mail).toMatchObject({
      envelopeTo: ['alice@example.com'],
      subject: 'Choose a new password',
      from: { name: 'Stowage', address: 'registry@example.com' },
      messageId: `<${id}@example.com>`,
    });
    const link = `https://registry.example.com/reset-password#${letter.link.secret}`;
    expect(mail?.text).toContain(`${link}\n`);
    expect(mail?.html).toContain(`href="${link}"`);
    expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  it('is sent if, and only if, the change is made that causes it', async () => {
    const [post, server] = [await aPost(), await aMailServer()];
    const undone = post.database.transaction(async (tx) => {
      await queueMail(tx, post.mailroom.prepare(aReset()));
      throw new Error('the change fails');
    });
    await expect(undone).rejects.toThrow('the change fails');
    expect(await post.deliver(server.url)).toBe(0);
    expect(server.received).toEqual([]);
  });

  it('is not sent when what it is about has gone, or when its time is over', async () => {
    const [post, server] = [await aPost(), await aMailServer()];
    const [withdrawn, expired, good] = [aReset(), aReset(), aReset('bob@example.com')];
    for (const letter of [withdrawn, expired, good]) await post.put(letter);
    await post.database.transaction((tx) => withdrawMail(tx, withdrawn.link.reference));
    await post.database.run(
      (db) => db.$executeRaw`UPDATE mail SET expires_at = now() WHERE reference = ${expired.link.reference}::uuid`,
    );
    expect(await post.deliver(server.url)).toBe(1);
    expect(server.received.map(({ envelopeTo }) => envelopeTo)).toEqual([['bob@example.com']]);
    expect(await post.queue.deleteExpired()).toBe(1);
    expect(await post.rows()).toEqual([]);
  });

  it('is sent once by deliveries that run at the same time', async () => {
    const [post, server] = [await aPost(), await aMailServer()];
    const people = Array.from({ length: 12 }, (_, at) => `person${at}@example.com`);
    for (const person of people) await post.put(aReset(person));
    const sent = await Promise.all([1, 2, 3].map(() => post.deliver(server.url)));
    expect(sent.reduce((sum, each) => sum + each, 0)).toBe(12);
    expect(server.received.flatMap(({ envelopeTo }) => envelopeTo).toSorted()).toEqual(people.toSorted());
  });

  it('holds its secret nowhere in the database but sealed', async () => {
    const post = await aPost();
    const { link, ...letter } = aReset();
    await post.put({ ...letter, link } as ReturnType<typeof aReset>);
    const tables = await post.database.prepared<{ name: string }>(
      'test_tables',
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
      [],
    );
    for (const { name } of tables) {
      const rows = await post.database.prepared(`test_all_${name}`, `SELECT t::text AS row FROM ${name} t`, []);
      const hex = Buffer.from(link.secret).toString('hex');
      expect(JSON.stringify(rows), name).not.toContain(link.secret);
      expect(JSON.stringify(rows), name).not.toContain(hex);
    }
  });
});

describe('a mail server', () => {
  it('that is away gets the letter when it is back', async () => {
    const post = await aPost();
    const away = await aMailServer();
    await away.stop();
    await post.put(aReset());
    expect(await post.deliver(away.url)).toBe(0);
    expect(await post.rows()).toMatchObject([{ attempts: 1, failure: 'ESOCKET', waits: true }]);
    expect(await post.deliver(away.url)).toBe(0); // not due yet
    expect(post.failures).toHaveLength(1);
    const back = await aMailServer({ port: Number(new URL(away.url).port) });
    await post.nextAttempt();
    expect(await post.deliver(back.url)).toBe(1);
    expect(back.received).toHaveLength(1);
  });

  it('that asks for patience is asked again; one that says never is not, and neither holds up the others', async () => {
    const [post, server] = [await aPost(), await aMailServer()];
    for (const name of ['later', 'never', 'now']) {
      await post.put(aReset(`${name}@example.com`));
    }
    server.answerRecipientsWith(451, 550);
    expect(await post.deliver(server.url)).toBe(1);
    expect(post.failures).toEqual([
      { template: 'reset-password', code: '451', isFinal: false },
      { template: 'reset-password', code: '550', isFinal: true },
    ]);
    await post.nextAttempt();
    expect(await post.deliver(server.url)).toBe(1);
    expect(server.received.flatMap(({ envelopeTo }) => envelopeTo)).toEqual(['now@example.com', 'later@example.com']);
    expect(await post.rows()).toMatchObject([{ failure: '550', waits: true }]);
  });

  it('is told our name and password; a wrong one is the operator’s to mend, so the letter stays', async () => {
    const [post, server] = [await aPost(), await aMailServer({ login: 'stowage:right' })];
    await post.put(aReset());
    expect(await post.deliver(server.url.replace('right', 'wrong'))).toBe(0);
    expect(post.failures).toMatchObject([{ code: expect.stringMatching(/^5\d\d$/), isFinal: false }]);
    expect(JSON.stringify(await post.rows())).not.toContain('wrong');
    await post.nextAttempt();
    expect(await post.deliver(server.url)).toBe(1);
  });
});
