// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.parallel.ResourceLocksProvider;

import org.springframework.test.context.BootstrapUtils;

/**
 * Names the fake that a test class will use before there is one: it belongs to the
 * context, and classes share a context when their merged configurations are equal. Where
 * two that differ have the same hash code, they merely wait for each other.
 */
final class FakeZitadelLocksProvider implements ResourceLocksProvider {

	@Override
	public Set<Lock> provideForClass(Class<?> testClass) {
		return Set.of(new Lock(EnableFakeZitadel.class.getName() + "." + context(testClass)));
	}

	@Override
	public Set<Lock> provideForNestedClass(List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
		return provideForClass(testClass);
	}

	private static String context(Class<?> testClass) {
		try {
			return Integer.toHexString(BootstrapUtils.resolveTestContextBootstrapper(testClass)
				.buildMergedContextConfiguration()
				.hashCode());
		}
		catch (RuntimeException ex) {
			// The test will fail of the same cause, and will tell it.
			return testClass.getName();
		}
	}

}
