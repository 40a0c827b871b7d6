// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The one thing that changes in a source of tokens. Each change is one compare-and-set.
 */
final class CurrentState {

	private static final AtomicReferenceFieldUpdater<CurrentState, TokenState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(CurrentState.class, TokenState.class, "state");

	private volatile TokenState state = TokenState.EMPTY;

	TokenState get() {
		return this.state;
	}

	boolean change(TokenState from, TokenState to) {
		return STATE.compareAndSet(this, from, to);
	}

	TokenState change(UnaryOperator<TokenState> transition) {
		return STATE.getAndUpdate(this, transition);
	}

	boolean isUnderWay(Flight flight) {
		return this.state.flight() == flight;
	}

	/**
	 * End a flight.
	 * @param flight the flight
	 * @param transition from the state with the flight to the one without
	 * @return the state before, or {@code null} if the flight had ended already
	 */
	@Nullable TokenState end(Flight flight, UnaryOperator<TokenState> transition) {
		while (true) {
			TokenState current = this.state;
			if (current.flight() != flight) {
				return null;
			}
			if (change(current, transition.apply(current))) {
				return current;
			}
		}
	}

}
