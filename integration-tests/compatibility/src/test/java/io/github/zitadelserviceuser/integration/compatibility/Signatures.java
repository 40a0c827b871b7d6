// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.compatibility;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The signatures of a type that others can see, one in a line: its own and what it has
 * from ancestors that are not seen themselves. Where null is an answer there is a
 * {@code ?}, as in Kotlin.
 */
final class Signatures {

	private static final String OURS = "io.github.zitadelserviceuser.";

	private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;

	private final Class<?> type;

	/** Of a class that nobody can extend, what is protected is not seen. */
	private final int seen;

	private final Set<String> members = new TreeSet<>();

	private Signatures(Class<?> type) {
		this.type = type;
		this.seen = Modifier.isFinal(type.getModifiers()) ? Modifier.PUBLIC : SEEN;
	}

	static List<String> of(Class<?> type) {
		return isSeen(type) ? new Signatures(type).lines() : List.of();
	}

	private static boolean isSeen(Class<?> type) {
		Class<?> outer = type.getEnclosingClass();
		return !type.isAnonymousClass() && !type.isLocalClass() && (type.getModifiers() & SEEN) != 0
				&& (outer == null || isSeen(outer));
	}

	private List<String> lines() {
		addMembersOf(this.type);
		List<String> lines = new ArrayList<>();
		lines.add(name(this.type) + ": " + declaration());
		this.members.forEach((member) -> lines.add(name(this.type) + " " + member));
		return lines;
	}

	private String declaration() {
		Stream<AnnotatedType> parents = Stream.concat(Stream.ofNullable(this.type.getAnnotatedSuperclass()),
				Arrays.stream(this.type.getAnnotatedInterfaces()));
		String extended = parents.map(this::render)
			.filter((parent) -> !parent.matches("Object|Record|Enum<.*|java\\.lang\\.annotation\\.Annotation"))
			.collect(Collectors.joining(", "));
		return modifiers(this.type, this.type.getModifiers()) + (this.type.isSealed() ? "sealed " : "") + kind()
				+ typeParameters(this.type) + (extended.isEmpty() ? "" : " of " + extended);
	}

	private String kind() {
		if (this.type.isAnnotation()) {
			return "annotation";
		}
		if (this.type.isInterface()) {
			return "interface";
		}
		if (this.type.isEnum()) {
			return "enum";
		}
		return this.type.isRecord() ? "record" : "class";
	}

	private void addMembersOf(@Nullable Class<?> declaring) {
		if (declaring == null || (declaring != this.type && isSeen(declaring))) {
			return;
		}
		for (Field field : declaring.getDeclaredFields()) {
			if ((field.getModifiers() & this.seen) != 0 && !field.isSynthetic()) {
				add(field, field.getModifiers(),
						field.getName() + ": " + render(field.getAnnotatedType()) + constant(field));
			}
		}
		for (Method method : declaring.getDeclaredMethods()) {
			if ((method.getModifiers() & this.seen) != 0 && !method.isSynthetic() && !isImplied(method)) {
				Object value = method.getDefaultValue();
				add(method, method.getModifiers(),
						(method.isDefault() ? "default " : "") + typeParameters(method) + method.getName()
								+ parameters(method) + ": " + render(method.getAnnotatedReturnType())
								+ ((value != null) ? " = " + text(value) : "") + thrown(method));
			}
		}
		if (declaring == this.type) {
			for (Constructor<?> constructor : declaring.getDeclaredConstructors()) {
				if ((constructor.getModifiers() & this.seen) != 0 && !constructor.isSynthetic()) {
					add(constructor, constructor.getModifiers(),
							typeParameters(constructor) + "new" + parameters(constructor) + thrown(constructor));
				}
			}
		}
		addMembersOf(declaring.getSuperclass());
		for (Class<?> parent : declaring.getInterfaces()) {
			addMembersOf(parent);
		}
	}

	private void add(AnnotatedElement element, int modifiers, String signature) {
		this.members.add(modifiers(element, modifiers) + signature);
	}

	private String modifiers(AnnotatedElement element, int modifiers) {
		int told = Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;
		if (element instanceof Class<?> shown && (shown.isInterface() || shown.isEnum() || shown.isRecord())) {
			told = Modifier.PROTECTED;
		}
		else if (this.type.isInterface()) {
			told = Modifier.STATIC;
		}
		else if (element instanceof Method && Modifier.isFinal(this.type.getModifiers())) {
			told &= ~Modifier.FINAL;
		}
		String text = Modifier.toString(modifiers & told);
		return (element.isAnnotationPresent(Deprecated.class) ? "deprecated " : "") + text
				+ (text.isEmpty() ? "" : " ");
	}

	/**
	 * Whether every type has it, or every enum.
	 */
	private static boolean isImplied(Method method) {
		boolean ofEnum = method.getDeclaringClass().isEnum() && Modifier.isStatic(method.getModifiers())
				&& (method.getName().equals("values") || method.getName().equals("valueOf"));
		return ofEnum || Arrays.stream(Object.class.getDeclaredMethods())
			.anyMatch((ofObject) -> ofObject.getName().equals(method.getName())
					&& Arrays.equals(ofObject.getParameterTypes(), method.getParameterTypes()));
	}

	private static String constant(Field field) {
		boolean inlined = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
				&& (field.getType().isPrimitive() || field.getType() == String.class);
		try {
			return (inlined && field.trySetAccessible()) ? " = " + text(field.get(null)) : "";
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(@Nullable Object value) {
		return (value instanceof Object[] values) ? Arrays.toString(values) : String.valueOf(value);
	}

	private String parameters(Executable executable) {
		String parameters = list(executable.getAnnotatedParameterTypes(), ", ");
		return "(" + (executable.isVarArgs() ? parameters.replaceFirst("\\[]\\??$", "...") : parameters) + ")";
	}

	private String thrown(Executable executable) {
		AnnotatedType[] thrown = executable.getAnnotatedExceptionTypes();
		return (thrown.length != 0) ? " throws " + list(thrown, ", ") : "";
	}

	private String typeParameters(GenericDeclaration declaration) {
		String parameters = Arrays.stream(declaration.getTypeParameters())
			.map((parameter) -> parameter.getName() + " extends " + list(parameter.getAnnotatedBounds(), " & "))
			.collect(Collectors.joining(", "));
		return parameters.isEmpty() ? "" : "<" + parameters + "> ";
	}

	private String list(AnnotatedType[] types, String separator) {
		return Arrays.stream(types).map(this::render).collect(Collectors.joining(separator));
	}

	private String render(AnnotatedType annotated) {
		String nullness = annotated.isAnnotationPresent(Nullable.class) ? "?" : "";
		if (annotated instanceof AnnotatedArrayType array) {
			return render(array.getAnnotatedGenericComponentType()) + "[]" + nullness;
		}
		if (annotated instanceof AnnotatedParameterizedType parameterized) {
			return name(((ParameterizedType) parameterized.getType()).getRawType()) + "<"
					+ list(parameterized.getAnnotatedActualTypeArguments(), ", ") + ">" + nullness;
		}
		if (annotated instanceof AnnotatedWildcardType wildcard) {
			return (wildcard.getAnnotatedLowerBounds().length != 0)
					? "in " + list(wildcard.getAnnotatedLowerBounds(), " & ")
					: "out " + list(wildcard.getAnnotatedUpperBounds(), " & ");
		}
		return name(annotated.getType()) + nullness;
	}

	private static String name(Type type) {
		String name = type.getTypeName();
		if (name.startsWith(OURS)) {
			return name.substring(OURS.length());
		}
		return name.matches("java\\.lang\\.[A-Z]\\w*") ? name.substring("java.lang.".length()) : name;
	}

}
