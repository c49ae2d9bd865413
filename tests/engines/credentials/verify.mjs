// Ask npm's jose about a token: its signature, and whether it is in its time. Reads {jose, token, jwk, at} as JSON, answers a code.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const { importJWK, jwtVerify } = await import(pathToFileURL(`${asked.jose}/dist/webapi/index.js`).href);
const key = await importJWK(asked.jwk, 'RS256');
try {
  const { payload } = await jwtVerify(asked.token, key, { algorithms: ['RS256'], currentDate: new Date(asked.at) });
  console.log(JSON.stringify({ code: 'ok', name: payload.credentialSubject?.achievement?.name ?? '' }));
} catch (error) {
  console.log(JSON.stringify({ code: error.code ?? String(error), name: '' }));
}
