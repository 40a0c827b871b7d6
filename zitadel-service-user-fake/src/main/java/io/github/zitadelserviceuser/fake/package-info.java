// SPDX-License-Identifier: Apache-2.0

/**
 * {@link io.github.zitadelserviceuser.fake.FakeZitadel}: the other side of the wire, for
 * tests and for development without a ZITADEL.
 *
 * <pre class="code">
 * try (FakeZitadel zitadel = FakeZitadel.start()) {
 *     String issuer = zitadel.issuer();
 *     Path keyFile = zitadel.serviceUser().key().keyFile();
 *     // run the application with these two, then ask what it did
 *     zitadel.tokenRequests();
 * }
 * </pre>
 *
 * <h2>What it checks</h2> Twelve rows, in this order, and the first that fails decides:
 * <ol>
 * <li>{@code grant_type} is there and is the JWT bearer grant, or client
 * credentials;</li>
 * <li>{@code assertion} is there;</li>
 * <li>it has three parts, and its payload is JSON in base64url without padding;</li>
 * <li>{@code aud} contains the issuer of this request, character for character;</li>
 * <li>{@code exp} is later than a second from now;</li>
 * <li>{@code iat} is not later than a second from now and not older than an hour;</li>
 * <li>{@code iss} equals {@code sub};</li>
 * <li>{@code alg} is RS256, ES256 or PS256;</li>
 * <li>the service user with the numeric id {@code iss} has a key {@code kid} that has not
 * expired;</li>
 * <li>the signature is made with that key, which is an RSA key;</li>
 * <li>{@code scope} is there, if only empty;</li>
 * <li>the user is neither locked nor deactivated.</li>
 * </ol>
 * With client credentials, a client id that is a user name and its secret take the place
 * of rows 2 to 10.
 *
 * <p>
 * The real server does not tell a client which of rows 3 to 10 it was, and neither does
 * this one; a test asks
 * {@link io.github.zitadelserviceuser.fake.RecordedTokenRequest#outcome()}.
 *
 * <h2>What it can be told</h2>
 * <ul>
 * <li>{@link io.github.zitadelserviceuser.fake.FakeEndpoint}, one for each endpoint: fail
 * so many times or until told otherwise, hold answers back, be slow.</li>
 * <li>{@link io.github.zitadelserviceuser.fake.FakeServiceUser}: keys of all kinds,
 * client secrets, personal access tokens, JWT access tokens, roles, rotation, lock,
 * deactivate, reactivate, remove.</li>
 * <li>{@link io.github.zitadelserviceuser.fake.FakeProject} and its applications, which
 * ask about tokens.</li>
 * <li>{@link io.github.zitadelserviceuser.fake.FakeZitadel} itself: token lifetimes, a
 * wrong clock, revocation, no database, a blocked instance, no organization, documents
 * with mistakes in them.</li>
 * </ul>
 *
 * <h2>How it knows</h2> The answers are those of a running ZITADEL of version 4.3, to
 * some three hundred requests that the fake is asked in its tests. Nothing was recorded
 * of the newer {@link io.github.zitadelserviceuser.fake.Dialect#INVALID_GRANT}.
 *
 * <h2>What it leaves out</h2> Other grants, token exchange among them; metadata; users of
 * several organizations; the calls by which users, projects and settings are changed, in
 * place of which there are methods; HTTP/2, and with it gRPC; reason phrases; and TLS.
 */
@NullMarked
package io.github.zitadelserviceuser.fake;

import org.jspecify.annotations.NullMarked;
