/* Licence. */
package org.example.shop;

import java.io.IOException;
import java.util.List;

/** A shop. */
@Deprecated(since = "2")
public abstract class Shop<T extends Comparable<T>> implements Runnable {

	private int secret, more = 1;

	/** How many. */
	public static final int LIMIT = 10;

	protected List<? super T> items;

	static {
		System.setProperty("a", "b");
	}

	public Shop(int secret) throws IOException {
		this.secret = secret;
		if (secret < 0)
			throw new IllegalArgumentException("negative");
	}

	Shop() {}

	@Override
	public String toString() {
		return "shop";
	}

	@SuppressWarnings("unchecked")
	@SafeVarargs
	public static <K> K first(final K a, K... more) throws IOException, InterruptedException {
		Runnable r = () -> {
			throw new IllegalStateException();
		};
		class Local {
			public int x() {
				return 1;
			}
		}
		return more.length > 0 ? more[0] : a;
	}

	// A plain comment is none.
	protected abstract void close();

	/// Java 23 has these.
	public void marked() {}

	/** A blank line does not matter. */

	public void apart() {}

	void packaged() {}

	// CHECKSTYLE:OFF
	public void checked() {}

	private static void hidden() {}

	public final Runnable task = new Runnable() {
		@Override
		public void run() {}

		public void more() {}
	};

	public enum Size {
		SMALL,
		/** Large. */
		LARGE(2) {
			public int area() {
				return 4;
			}
		};

		private final int n;

		Size() {
			this(1);
		}

		Size(int n) {
			this.n = n;
		}

		public int area() {
			return n;
		}
	}

	public record Pair<A, B>(A left, B right) {
		public Pair {
			if (left == null)
				throw new NullPointerException();
		}

		public static <A> Pair<A, A> twice(A a) {
			return new Pair<>(a, a);
		}
	}

	public interface Area {
		int SIDES = 4;

		double area();

		default double twice() {
			return 2 * area();
		}

		private double helper() {
			return 1;
		}

		class Inner {
			void unseen() {}
		}
	}

	public @interface Named {
		String value() default "x";
	}

	class Unseen {
		public void method() {}
	}

	public static void main(String[] args) {}

	@org.junit.Test
	public void qualified() {}

	@Test(timeout = 1)
	public void tested() {}

	@BeforeEach void before() {}

	public int a() { return 1; } public int b() { return 2; }
}

final class Other {}
