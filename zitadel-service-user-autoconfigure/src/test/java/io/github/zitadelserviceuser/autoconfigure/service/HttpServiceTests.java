// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.time.Duration;
import java.util.List;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.autoconfigure.OpenServer;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.AnnotatedApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.BaseApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.InheritingApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.MixedApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.OtherApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.PlainApi;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of which HTTP services are authorized.
 */
class HttpServiceTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenAnnotatedThenAuthorizedAndNothingElseInTheGroup(HttpServices services) {
		runner(services).run((context) -> {
			context.getBean(AnnotatedApi.class).get();
			context.getBean(MixedApi.class).authorized();
			context.getBean(InheritingApi.class).inherited();
			assertAuthorized(3);
			context.getBean(MixedApi.class).plain();
			context.getBean(PlainApi.class).get();
			context.getBean(OtherApi.class).inherited();
			assertNotAuthorized(3);
			assertThat(ZITADEL.tokenRequests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void callWhenGroupIsNamedThenAllOfItIsAuthorizedAndNoOtherGroup(HttpServices services) {
		runner(services).withPropertyValues("zitadel.service-user.http-service-groups=other").run((context) -> {
			context.getBean(OtherApi.class).inherited();
			context.getBean(AnnotatedApi.class).get();
			assertAuthorized(2);
			context.getBean(PlainApi.class).get();
			assertNotAuthorized(1);
		});
		runner(services).withPropertyValues("zitadel.service-user.http-service-groups=api,other").run((context) -> {
			context.getBean(PlainApi.class).get();
			context.getBean(MixedApi.class).plain();
			context.getBean(MixedApi.class).authorized();
			context.getBean(OtherApi.class).inherited();
			assertAuthorized(4);
		});
	}

	@ParameterizedTest
	@EnumSource
	void startWhenNobodyIsCalledSoThenTheNamesThatThereAreAreTold(HttpServices services) {
		services.ofUnknown(Contexts.of(ZITADEL), this.server)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSuchServiceUserException.class)
				.hasMessageContaining("'nobody'; there are [default]"));
	}

	@ParameterizedTest
	@EnumSource
	void callWhenHostIsNotAllowedThenNothingIsSent(HttpServices services) {
		runner(services).withPropertyValues("zitadel.service-user.allowed-hosts=api.example.com").run((context) -> {
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> context.getBean(AnnotatedApi.class).get());
			assertThat(this.server.received()).isEmpty();
			context.getBean(PlainApi.class).get();
			assertNotAuthorized(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void callWhenZitadelFailsThenFailsAndThenRecovers(HttpServices services) {
		runner(services).run((context) -> {
			ZITADEL.discovery().answerAlways(FakeAnswer.text(404, "Instance not found"));
			AnnotatedApi api = context.getBean(AnnotatedApi.class);
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(api::get);
			assertThat(this.server.received()).isEmpty();
			ZITADEL.discovery().answerNormally();
			Awaitility.await().ignoreExceptionsInstanceOf(TokenRequestException.class).until(() -> {
				api.get();
				return true;
			});
			assertAuthorized(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void injectWhenAnnotatedThenByTypeAloneAndTheClientsStayUnambiguous(HttpServices services) {
		runner(services).withUserConfiguration(Injected.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.annotated()).isSameAs(injected.qualified());
			assertThat(injected.restClient()).isSameAs(context.getBean("serviceUserRestClient"));
			assertThat(injected.webClient()).isSameAs(context.getBean("serviceUserWebClient"));
		});
	}

	@Test
	void startWhenAMethodIsSharedByOneThatIsAnnotatedAndOneThatIsNotThenSaysWhatToChange() {
		HttpServices.withBoots(Contexts.of(ZITADEL)).withUserConfiguration(AmbiguousServices.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContainingAll(BaseApi.class.getName() + ".inherited", "'ambiguous'",
						InheritingApi.class.getName(), OtherApi.class.getName(),
						"both inherit it, and are not annotated alike", "different groups");
		});
		HttpServices.withBoots(Contexts.of(ZITADEL))
			.withUserConfiguration(AmbiguousServices.class)
			.withPropertyValues("zitadel.service-user.http-service-groups=ambiguous")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@EnumSource
	@ExtendWith(OutputCaptureExtension.class)
	void startWhenAGroupIsNamedThatDoesNotExistThenWarns(HttpServices services, CapturedOutput output) {
		runner(services).withPropertyValues("zitadel.service-user.http-service-groups=other,apis").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll().lines().filter((line) -> line.contains("http-service-groups"))).singleElement()
				.asString()
				.contains("WARN", "names the group 'apis'", "api", "other")
				.doesNotContain("group 'other'");
		});
	}

	@ParameterizedTest
	@EnumSource
	void startWhenTwoUsersNameAGroupThenNamesBoth(HttpServices services) {
		runner(services)
			.withPropertyValues("zitadel.service-user.http-service-groups=api,other",
					"zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile(),
					"zitadel.service-users.billing.http-service-groups=other")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("zitadel.service-user.http-service-groups");
					assertThat(ex.getValue()).isEqualTo("other");
					assertThat(ex.getReason()).contains("'zitadel.service-users.billing.http-service-groups'");
				}));
	}

	@ParameterizedTest
	@ValueSource(classes = { ServicesOfNobody.class, ReactiveServicesOfNobody.class })
	void startWhenAServiceNamesNobodyThenTheNamesThatThereAreAreTold(Class<?> services) {
		HttpServices.withBoots(Contexts.of(ZITADEL))
			.withUserConfiguration(services)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSuchServiceUserException.class)
				.hasMessageContainingAll("'nobody'", "[billing, default]"));
	}

	@Test
	void startWhenThereIsNoGroupThenNothingIsAdded() {
		HttpServices.withBoots(Contexts.of(ZITADEL))
			.withPropertyValues("zitadel.service-user.http-service-groups=api")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ServiceUserHttpServices.class);
				assertThat(context).doesNotHaveBean(ServiceUserRestClientGroupConfigurer.class)
					.doesNotHaveBean(ServiceUserWebClientGroupConfigurer.class);
			});
	}

	@ParameterizedTest
	@EnumSource
	void startWhenSwitchedOffThenServicesAreThereAndNotAuthorized(HttpServices services) {
		runner(services).withPropertyValues("zitadel.service-user.enabled=false").run((context) -> {
			context.getBean(AnnotatedApi.class).get();
			assertNotAuthorized(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void callWhenTheServiceIsZitadelsThenHasTheHeadersOfItsGatewayAndElseNot(HttpServices services) {
		ApplicationContextRunner runner = runner(services)
			.withBean(TokenGrant.class, () -> () -> new TokenResponse("abc", Duration.ofHours(1)))
			.withPropertyValues("zitadel.service-user.headers.X-Gateway-Key=s3cret");
		runner.run((context) -> context.getBean(AnnotatedApi.class).get());
		runner.withPropertyValues("zitadel.service-user.base-url=" + this.server.url(""))
			.run((context) -> context.getBean(AnnotatedApi.class).get());
		assertThat(this.server.received()).extracting((headers) -> headers.get("X-gateway-key"))
			.containsExactly(null, List.of("s3cret"));
	}

	private ApplicationContextRunner runner(HttpServices services) {
		return services.of(Contexts.of(ZITADEL), this.server);
	}

	private void assertAuthorized(int requests) {
		assertThat(this.server.authorizations()).hasSize(requests)
			.containsOnly(List.of("Bearer " + ZITADEL.issuedTokens().get(ZITADEL.issuedTokens().size() - 1).value()));
		this.server.received().clear();
	}

	private void assertNotAuthorized(int requests) {
		assertThat(this.server.authorizations()).hasSize(requests).containsOnly(List.of());
		this.server.received().clear();
	}

	@ImportHttpServices(group = "ambiguous", types = { InheritingApi.class, OtherApi.class })
	static class AmbiguousServices {

	}

	@ImportHttpServices(group = "nobody", types = ApiOfNobody.class)
	static class ServicesOfNobody {

	}

	@ImportHttpServices(group = "nobody", types = ApiOfNobody.class,
			clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class ReactiveServicesOfNobody {

	}

	interface ApiOfNobody {

		@ServiceUser("nobody")
		@GetExchange("/")
		String get();

	}

	record Injected(AnnotatedApi annotated, @ServiceUser AnnotatedApi qualified, @ServiceUser RestClient restClient,
			@ServiceUser WebClient webClient) {

	}

}
