// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The one thing that changes in a source of tokens. Each change is one compare-and-set.
 */
@SuppressWarnings("serial") // nobody writes it anywhere
final class CurrentState extends AtomicReference<TokenState> {

	CurrentState() {
		super(TokenState.EMPTY);
	}

	boolean isUnderWay(Flight flight) {
		return get().flight() == flight;
	}

	/**
	 * End a flight.
	 * @param flight the flight
	 * @param transition from the state with the flight to the one without
	 * @return the state before, or {@code null} if the flight had ended already
	 */
	@Nullable TokenState end(Flight flight, UnaryOperator<TokenState> transition) {
		while (true) {
			TokenState current = get();
			if (current.flight() != flight) {
				return null;
			}
			if (compareAndSet(current, transition.apply(current))) {
				return current;
			}
		}
	}

}
