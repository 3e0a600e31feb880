import * as $protobuf from "protobufjs/minimal.js";

/** Namespace magpie. */
export namespace magpie {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Scalar.
         * @deprecated Use magpie.v1.Scalar.$Properties instead.
         */
        interface IScalar extends magpie.v1.Scalar.$Properties {
        }

        /** Represents a Scalar. */
        class Scalar {

            /**
             * Constructs a new Scalar.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Scalar.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Scalar undefined. */
            undefined?: (boolean|null);

            /** Scalar null. */
            null?: (boolean|null);

            /** Scalar boolean. */
            boolean?: (boolean|null);

            /** Scalar number. */
            number?: (number|null);

            /** Scalar text. */
            text?: (string|null);

            /** Scalar date. */
            date?: (number|null);

            /** Scalar list. */
            list?: (magpie.v1.ScalarList.$Properties|null);

            /** Scalar object. */
            object?: (magpie.v1.ScalarObject.$Properties|null);

            /** Scalar regexp. */
            regexp?: (string|null);

            /** Scalar numbers. */
            numbers?: (magpie.v1.NumberArray.$Properties|null);

            /** Scalar kind. */
            kind?: ("undefined"|"null"|"boolean"|"number"|"text"|"date"|"list"|"object"|"regexp"|"numbers");

            /**
             * Encodes the specified Scalar message. Does not implicitly {@link magpie.v1.Scalar.verify|verify} messages.
             * @param message Scalar message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Scalar.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Scalar message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Scalar & magpie.v1.Scalar.$Shape} Scalar
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Scalar & magpie.v1.Scalar.$Shape;
        }

        namespace Scalar {

            /** Properties of a Scalar. */
            interface $Properties {

                /** Scalar undefined */
                undefined?: (boolean|null);

                /** Scalar null */
                "null"?: (boolean|null);

                /** Scalar boolean */
                boolean?: (boolean|null);

                /** Scalar number */
                number?: (number|null);

                /** Scalar text */
                text?: (string|null);

                /** Scalar date */
                date?: (number|null);

                /** Scalar list */
                list?: (magpie.v1.ScalarList.$Properties|null);

                /** Scalar object */
                object?: (magpie.v1.ScalarObject.$Properties|null);

                /** Scalar regexp */
                regexp?: (string|null);

                /** Scalar numbers */
                numbers?: (magpie.v1.NumberArray.$Properties|null);

                /** Scalar kind */
                kind?: ("undefined"|"null"|"boolean"|"number"|"text"|"date"|"list"|"object"|"regexp"|"numbers");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Scalar. */
            type $Shape = {
              undefined?: boolean|null;
              "null"?: boolean|null;
              boolean?: boolean|null;
              number?: number|null;
              text?: string|null;
              date?: number|null;
              list?: magpie.v1.ScalarList.$Shape|null;
              object?: magpie.v1.ScalarObject.$Shape|null;
              regexp?: string|null;
              numbers?: magpie.v1.NumberArray.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "undefined"; undefined: boolean; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "null"; undefined?: null; "null": boolean; boolean?: null; number?: null; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "boolean"; undefined?: null; "null"?: null; boolean: boolean; number?: null; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "number"; undefined?: null; "null"?: null; boolean?: null; number: number; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "text"; undefined?: null; "null"?: null; boolean?: null; number?: null; text: string; date?: null; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "date"; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date: number; list?: null; object?: null; regexp?: null; numbers?: null }|{ kind?: "list"; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list: magpie.v1.ScalarList.$Shape; object?: null; regexp?: null; numbers?: null }|{ kind?: "object"; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list?: null; object: magpie.v1.ScalarObject.$Shape; regexp?: null; numbers?: null }|{ kind?: "regexp"; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list?: null; object?: null; regexp: string; numbers?: null }|{ kind?: "numbers"; undefined?: null; "null"?: null; boolean?: null; number?: null; text?: null; date?: null; list?: null; object?: null; regexp?: null; numbers: magpie.v1.NumberArray.$Shape })
            );
        }

        /**
         * Properties of a NumberArray.
         * @deprecated Use magpie.v1.NumberArray.$Properties instead.
         */
        interface INumberArray extends magpie.v1.NumberArray.$Properties {
        }

        /** Represents a NumberArray. */
        class NumberArray {

            /**
             * Constructs a new NumberArray.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.NumberArray.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NumberArray kind. */
            kind: string;

            /** NumberArray data. */
            data: Uint8Array;

            /**
             * Encodes the specified NumberArray message. Does not implicitly {@link magpie.v1.NumberArray.verify|verify} messages.
             * @param message NumberArray message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.NumberArray.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NumberArray message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.NumberArray & magpie.v1.NumberArray.$Shape} NumberArray
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.NumberArray & magpie.v1.NumberArray.$Shape;
        }

        namespace NumberArray {

            /** Properties of a NumberArray. */
            interface $Properties {

                /** NumberArray kind */
                kind?: (string|null);

                /** NumberArray data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NumberArray. */
            type $Shape = magpie.v1.NumberArray.$Properties;
        }

        /**
         * Properties of a ScalarList.
         * @deprecated Use magpie.v1.ScalarList.$Properties instead.
         */
        interface IScalarList extends magpie.v1.ScalarList.$Properties {
        }

        /** Represents a ScalarList. */
        class ScalarList {

            /**
             * Constructs a new ScalarList.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.ScalarList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScalarList items. */
            items: magpie.v1.Scalar.$Properties[];

            /**
             * Encodes the specified ScalarList message. Does not implicitly {@link magpie.v1.ScalarList.verify|verify} messages.
             * @param message ScalarList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.ScalarList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScalarList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.ScalarList & magpie.v1.ScalarList.$Shape} ScalarList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.ScalarList & magpie.v1.ScalarList.$Shape;
        }

        namespace ScalarList {

            /** Properties of a ScalarList. */
            interface $Properties {

                /** ScalarList items */
                items?: (magpie.v1.Scalar.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScalarList. */
            type $Shape = {
              items?: magpie.v1.Scalar.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ScalarObject.
         * @deprecated Use magpie.v1.ScalarObject.$Properties instead.
         */
        interface IScalarObject extends magpie.v1.ScalarObject.$Properties {
        }

        /** Represents a ScalarObject. */
        class ScalarObject {

            /**
             * Constructs a new ScalarObject.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.ScalarObject.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScalarObject entries. */
            entries: magpie.v1.ScalarEntry.$Properties[];

            /**
             * Encodes the specified ScalarObject message. Does not implicitly {@link magpie.v1.ScalarObject.verify|verify} messages.
             * @param message ScalarObject message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.ScalarObject.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScalarObject message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.ScalarObject & magpie.v1.ScalarObject.$Shape} ScalarObject
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.ScalarObject & magpie.v1.ScalarObject.$Shape;
        }

        namespace ScalarObject {

            /** Properties of a ScalarObject. */
            interface $Properties {

                /** ScalarObject entries */
                entries?: (magpie.v1.ScalarEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScalarObject. */
            type $Shape = {
              entries?: magpie.v1.ScalarEntry.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ScalarEntry.
         * @deprecated Use magpie.v1.ScalarEntry.$Properties instead.
         */
        interface IScalarEntry extends magpie.v1.ScalarEntry.$Properties {
        }

        /** Represents a ScalarEntry. */
        class ScalarEntry {

            /**
             * Constructs a new ScalarEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.ScalarEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScalarEntry key. */
            key: string;

            /** ScalarEntry value. */
            value?: (magpie.v1.Scalar.$Properties|null);

            /**
             * Encodes the specified ScalarEntry message. Does not implicitly {@link magpie.v1.ScalarEntry.verify|verify} messages.
             * @param message ScalarEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.ScalarEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScalarEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.ScalarEntry & magpie.v1.ScalarEntry.$Shape} ScalarEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.ScalarEntry & magpie.v1.ScalarEntry.$Shape;
        }

        namespace ScalarEntry {

            /** Properties of a ScalarEntry. */
            interface $Properties {

                /** ScalarEntry key */
                key?: (string|null);

                /** ScalarEntry value */
                value?: (magpie.v1.Scalar.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScalarEntry. */
            type $Shape = {
              key?: string|null;
              value?: magpie.v1.Scalar.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Task.
         * @deprecated Use magpie.v1.Task.$Properties instead.
         */
        interface ITask extends magpie.v1.Task.$Properties {
        }

        /** Represents a Task. */
        class Task {

            /**
             * Constructs a new Task.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Task.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Task root. */
            root?: (magpie.v1.Root.$Properties|null);

            /** Task source. */
            source?: (magpie.v1.Source.$Properties|null);

            /** Task transform. */
            transform?: (magpie.v1.Transform.$Properties|null);

            /** Task output. */
            output?: (magpie.v1.Output.$Properties|null);

            /** Task expression. */
            expression?: (magpie.v1.Expression.$Properties|null);

            /** Task union. */
            union?: (magpie.v1.Union.$Properties|null);

            /** Task kind. */
            kind?: ("root"|"source"|"transform"|"output"|"expression"|"union");

            /**
             * Encodes the specified Task message. Does not implicitly {@link magpie.v1.Task.verify|verify} messages.
             * @param message Task message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Task.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Task message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Task & magpie.v1.Task.$Shape} Task
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Task & magpie.v1.Task.$Shape;
        }

        namespace Task {

            /** Properties of a Task. */
            interface $Properties {

                /** Task root */
                root?: (magpie.v1.Root.$Properties|null);

                /** Task source */
                source?: (magpie.v1.Source.$Properties|null);

                /** Task transform */
                transform?: (magpie.v1.Transform.$Properties|null);

                /** Task output */
                output?: (magpie.v1.Output.$Properties|null);

                /** Task expression */
                expression?: (magpie.v1.Expression.$Properties|null);

                /** Task union */
                union?: (magpie.v1.Union.$Properties|null);

                /** Task kind */
                kind?: ("root"|"source"|"transform"|"output"|"expression"|"union");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Task. */
            type $Shape = {
              root?: magpie.v1.Root.$Shape|null;
              source?: magpie.v1.Source.$Shape|null;
              transform?: magpie.v1.Transform.$Shape|null;
              output?: magpie.v1.Output.$Shape|null;
              expression?: magpie.v1.Expression.$Shape|null;
              union?: magpie.v1.Union.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; root?: null; source?: null; transform?: null; output?: null; expression?: null; union?: null }|{ kind?: "root"; root: magpie.v1.Root.$Shape; source?: null; transform?: null; output?: null; expression?: null; union?: null }|{ kind?: "source"; root?: null; source: magpie.v1.Source.$Shape; transform?: null; output?: null; expression?: null; union?: null }|{ kind?: "transform"; root?: null; source?: null; transform: magpie.v1.Transform.$Shape; output?: null; expression?: null; union?: null }|{ kind?: "output"; root?: null; source?: null; transform?: null; output: magpie.v1.Output.$Shape; expression?: null; union?: null }|{ kind?: "expression"; root?: null; source?: null; transform?: null; output?: null; expression: magpie.v1.Expression.$Shape; union?: null }|{ kind?: "union"; root?: null; source?: null; transform?: null; output?: null; expression?: null; union: magpie.v1.Union.$Shape })
            );
        }

        /**
         * Properties of a Root.
         * @deprecated Use magpie.v1.Root.$Properties instead.
         */
        interface IRoot extends magpie.v1.Root.$Properties {
        }

        /** Represents a Root. */
        class Root {

            /**
             * Constructs a new Root.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Root.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Root name. */
            name: string;

            /** Root type. */
            type: magpie.v1.RootType;

            /**
             * Encodes the specified Root message. Does not implicitly {@link magpie.v1.Root.verify|verify} messages.
             * @param message Root message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Root.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Root message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Root & magpie.v1.Root.$Shape} Root
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Root & magpie.v1.Root.$Shape;
        }

        namespace Root {

            /** Properties of a Root. */
            interface $Properties {

                /** Root name */
                name?: (string|null);

                /** Root type */
                type?: (magpie.v1.RootType|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Root. */
            type $Shape = magpie.v1.Root.$Properties;
        }

        /** RootType enum. */
        enum RootType {

            /** ROOT_TYPE_UNSPECIFIED value */
            ROOT_TYPE_UNSPECIFIED = 0,

            /** SIGNAL value */
            SIGNAL = 1,

            /** DATA value */
            DATA = 2
        }

        /**
         * Properties of a Source.
         * @deprecated Use magpie.v1.Source.$Properties instead.
         */
        interface ISource extends magpie.v1.Source.$Properties {
        }

        /** Represents a Source. */
        class Source {

            /**
             * Constructs a new Source.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Source.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Source table. */
            table?: (string|null);

            /** Source url. */
            url?: (string|null);

            /** Source values. */
            values?: (string|null);

            /** Source urlOf. */
            urlOf?: (number|null);

            /** Source format. */
            format: string;

            /** Source from. */
            from?: ("table"|"url"|"values"|"urlOf");

            /**
             * Encodes the specified Source message. Does not implicitly {@link magpie.v1.Source.verify|verify} messages.
             * @param message Source message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Source.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Source message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Source & magpie.v1.Source.$Shape} Source
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Source & magpie.v1.Source.$Shape;
        }

        namespace Source {

            /** Properties of a Source. */
            interface $Properties {

                /** Source table */
                table?: (string|null);

                /** Source url */
                url?: (string|null);

                /** Source values */
                values?: (string|null);

                /** Source urlOf */
                urlOf?: (number|null);

                /** Source format */
                format?: (string|null);

                /** Source from */
                from?: ("table"|"url"|"values"|"urlOf");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Source. */
            type $Shape = {
              table?: string|null;
              url?: string|null;
              values?: string|null;
              urlOf?: number|null;
              format?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ from?: undefined; table?: null; url?: null; values?: null; urlOf?: null }|{ from?: "table"; table: string; url?: null; values?: null; urlOf?: null }|{ from?: "url"; table?: null; url: string; values?: null; urlOf?: null }|{ from?: "values"; table?: null; url?: null; values: string; urlOf?: null }|{ from?: "urlOf"; table?: null; url?: null; values?: null; urlOf: number })
            );
        }

        /**
         * Properties of a Transform.
         * @deprecated Use magpie.v1.Transform.$Properties instead.
         */
        interface ITransform extends magpie.v1.Transform.$Properties {
        }

        /** Represents a Transform. */
        class Transform {

            /**
             * Constructs a new Transform.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Transform.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Transform definition. */
            definition: string;

            /** Transform input. */
            input?: (number|null);

            /** Transform signals. */
            signals: magpie.v1.Binding.$Properties[];

            /** Transform data. */
            data: magpie.v1.Binding.$Properties[];

            /** Transform scales. */
            scales: string;

            /** Transform projections. */
            projections: string;

            /**
             * Encodes the specified Transform message. Does not implicitly {@link magpie.v1.Transform.verify|verify} messages.
             * @param message Transform message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Transform.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Transform message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Transform & magpie.v1.Transform.$Shape} Transform
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Transform & magpie.v1.Transform.$Shape;
        }

        namespace Transform {

            /** Properties of a Transform. */
            interface $Properties {

                /** Transform definition */
                definition?: (string|null);

                /** Transform input */
                input?: (number|null);

                /** Transform signals */
                signals?: (magpie.v1.Binding.$Properties[]|null);

                /** Transform data */
                data?: (magpie.v1.Binding.$Properties[]|null);

                /** Transform scales */
                scales?: (string|null);

                /** Transform projections */
                projections?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Transform. */
            type $Shape = magpie.v1.Transform.$Properties;
        }

        /**
         * Properties of an Output.
         * @deprecated Use magpie.v1.Output.$Properties instead.
         */
        interface IOutput extends magpie.v1.Output.$Properties {
        }

        /** Represents an Output. */
        class Output {

            /**
             * Constructs a new Output.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Output.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Output transform. */
            transform: number;

            /**
             * Encodes the specified Output message. Does not implicitly {@link magpie.v1.Output.verify|verify} messages.
             * @param message Output message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Output message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Output & magpie.v1.Output.$Shape} Output
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Output & magpie.v1.Output.$Shape;
        }

        namespace Output {

            /** Properties of an Output. */
            interface $Properties {

                /** Output transform */
                transform?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Output. */
            type $Shape = magpie.v1.Output.$Properties;
        }

        /**
         * Properties of an Expression.
         * @deprecated Use magpie.v1.Expression.$Properties instead.
         */
        interface IExpression extends magpie.v1.Expression.$Properties {
        }

        /** Represents an Expression. */
        class Expression {

            /**
             * Constructs a new Expression.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Expression.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Expression expression. */
            expression: string;

            /** Expression signals. */
            signals: magpie.v1.Binding.$Properties[];

            /** Expression data. */
            data: magpie.v1.Binding.$Properties[];

            /** Expression scales. */
            scales: string;

            /** Expression projections. */
            projections: string;

            /**
             * Encodes the specified Expression message. Does not implicitly {@link magpie.v1.Expression.verify|verify} messages.
             * @param message Expression message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Expression.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Expression message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Expression & magpie.v1.Expression.$Shape} Expression
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Expression & magpie.v1.Expression.$Shape;
        }

        namespace Expression {

            /** Properties of an Expression. */
            interface $Properties {

                /** Expression expression */
                expression?: (string|null);

                /** Expression signals */
                signals?: (magpie.v1.Binding.$Properties[]|null);

                /** Expression data */
                data?: (magpie.v1.Binding.$Properties[]|null);

                /** Expression scales */
                scales?: (string|null);

                /** Expression projections */
                projections?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Expression. */
            type $Shape = magpie.v1.Expression.$Properties;
        }

        /**
         * Properties of a Union.
         * @deprecated Use magpie.v1.Union.$Properties instead.
         */
        interface IUnion extends magpie.v1.Union.$Properties {
        }

        /** Represents a Union. */
        class Union {

            /**
             * Constructs a new Union.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Union.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Union inputs. */
            inputs: number[];

            /**
             * Encodes the specified Union message. Does not implicitly {@link magpie.v1.Union.verify|verify} messages.
             * @param message Union message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Union.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Union message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Union & magpie.v1.Union.$Shape} Union
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Union & magpie.v1.Union.$Shape;
        }

        namespace Union {

            /** Properties of a Union. */
            interface $Properties {

                /** Union inputs */
                inputs?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Union. */
            type $Shape = magpie.v1.Union.$Properties;
        }

        /**
         * Properties of a Binding.
         * @deprecated Use magpie.v1.Binding.$Properties instead.
         */
        interface IBinding extends magpie.v1.Binding.$Properties {
        }

        /** Represents a Binding. */
        class Binding {

            /**
             * Constructs a new Binding.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Binding.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Binding name. */
            name: string;

            /** Binding task. */
            task: number;

            /**
             * Encodes the specified Binding message. Does not implicitly {@link magpie.v1.Binding.verify|verify} messages.
             * @param message Binding message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Binding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Binding message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Binding & magpie.v1.Binding.$Shape} Binding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Binding & magpie.v1.Binding.$Shape;
        }

        namespace Binding {

            /** Properties of a Binding. */
            interface $Properties {

                /** Binding name */
                name?: (string|null);

                /** Binding task */
                task?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Binding. */
            type $Shape = magpie.v1.Binding.$Properties;
        }

        /**
         * Properties of a TaskGraph.
         * @deprecated Use magpie.v1.TaskGraph.$Properties instead.
         */
        interface ITaskGraph extends magpie.v1.TaskGraph.$Properties {
        }

        /** Represents a TaskGraph. */
        class TaskGraph {

            /**
             * Constructs a new TaskGraph.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.TaskGraph.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TaskGraph tasks. */
            tasks: magpie.v1.Task.$Properties[];

            /**
             * Encodes the specified TaskGraph message. Does not implicitly {@link magpie.v1.TaskGraph.verify|verify} messages.
             * @param message TaskGraph message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.TaskGraph.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TaskGraph message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.TaskGraph & magpie.v1.TaskGraph.$Shape} TaskGraph
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.TaskGraph & magpie.v1.TaskGraph.$Shape;
        }

        namespace TaskGraph {

            /** Properties of a TaskGraph. */
            interface $Properties {

                /** TaskGraph tasks */
                tasks?: (magpie.v1.Task.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TaskGraph. */
            type $Shape = {
              tasks?: magpie.v1.Task.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a RootValue.
         * @deprecated Use magpie.v1.RootValue.$Properties instead.
         */
        interface IRootValue extends magpie.v1.RootValue.$Properties {
        }

        /** Represents a RootValue. */
        class RootValue {

            /**
             * Constructs a new RootValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.RootValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RootValue task. */
            task: number;

            /** RootValue value. */
            value?: (magpie.v1.Scalar.$Properties|null);

            /**
             * Encodes the specified RootValue message. Does not implicitly {@link magpie.v1.RootValue.verify|verify} messages.
             * @param message RootValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.RootValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RootValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.RootValue & magpie.v1.RootValue.$Shape} RootValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.RootValue & magpie.v1.RootValue.$Shape;
        }

        namespace RootValue {

            /** Properties of a RootValue. */
            interface $Properties {

                /** RootValue task */
                task?: (number|null);

                /** RootValue value */
                value?: (magpie.v1.Scalar.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RootValue. */
            type $Shape = {
              task?: number|null;
              value?: magpie.v1.Scalar.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Wanted.
         * @deprecated Use magpie.v1.Wanted.$Properties instead.
         */
        interface IWanted extends magpie.v1.Wanted.$Properties {
        }

        /** Represents a Wanted. */
        class Wanted {

            /**
             * Constructs a new Wanted.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Wanted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Wanted task. */
            task: number;

            /** Wanted allColumns. */
            allColumns: boolean;

            /** Wanted columns. */
            columns: string[];

            /**
             * Encodes the specified Wanted message. Does not implicitly {@link magpie.v1.Wanted.verify|verify} messages.
             * @param message Wanted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Wanted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Wanted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Wanted & magpie.v1.Wanted.$Shape} Wanted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Wanted & magpie.v1.Wanted.$Shape;
        }

        namespace Wanted {

            /** Properties of a Wanted. */
            interface $Properties {

                /** Wanted task */
                task?: (number|null);

                /** Wanted allColumns */
                allColumns?: (boolean|null);

                /** Wanted columns */
                columns?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Wanted. */
            type $Shape = magpie.v1.Wanted.$Properties;
        }

        /**
         * Properties of a QueryRequest.
         * @deprecated Use magpie.v1.QueryRequest.$Properties instead.
         */
        interface IQueryRequest extends magpie.v1.QueryRequest.$Properties {
        }

        /** Represents a QueryRequest. */
        class QueryRequest {

            /**
             * Constructs a new QueryRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.QueryRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QueryRequest protocolVersion. */
            protocolVersion: number;

            /** QueryRequest graph. */
            graph?: (magpie.v1.TaskGraph.$Properties|null);

            /** QueryRequest graphHash. */
            graphHash?: (Uint8Array|null);

            /** QueryRequest roots. */
            roots: magpie.v1.RootValue.$Properties[];

            /** QueryRequest wanted. */
            wanted: magpie.v1.Wanted.$Properties[];

            /** QueryRequest timeZone. */
            timeZone: string;

            /** QueryRequest grants. */
            grants: string[];

            /** QueryRequest graphBy. */
            graphBy?: ("graph"|"graphHash");

            /**
             * Encodes the specified QueryRequest message. Does not implicitly {@link magpie.v1.QueryRequest.verify|verify} messages.
             * @param message QueryRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.QueryRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QueryRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.QueryRequest & magpie.v1.QueryRequest.$Shape} QueryRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.QueryRequest & magpie.v1.QueryRequest.$Shape;
        }

        namespace QueryRequest {

            /** Properties of a QueryRequest. */
            interface $Properties {

                /** QueryRequest protocolVersion */
                protocolVersion?: (number|null);

                /** QueryRequest graph */
                graph?: (magpie.v1.TaskGraph.$Properties|null);

                /** QueryRequest graphHash */
                graphHash?: (Uint8Array|null);

                /** QueryRequest roots */
                roots?: (magpie.v1.RootValue.$Properties[]|null);

                /** QueryRequest wanted */
                wanted?: (magpie.v1.Wanted.$Properties[]|null);

                /** QueryRequest timeZone */
                timeZone?: (string|null);

                /** QueryRequest grants */
                grants?: (string[]|null);

                /** QueryRequest graphBy */
                graphBy?: ("graph"|"graphHash");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a QueryRequest. */
            type $Shape = {
              protocolVersion?: number|null;
              graph?: magpie.v1.TaskGraph.$Shape|null;
              graphHash?: Uint8Array|null;
              roots?: magpie.v1.RootValue.$Shape[]|null;
              wanted?: magpie.v1.Wanted.$Shape[]|null;
              timeZone?: string|null;
              grants?: string[]|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ graphBy?: undefined; graph?: null; graphHash?: null }|{ graphBy?: "graph"; graph: magpie.v1.TaskGraph.$Shape; graphHash?: null }|{ graphBy?: "graphHash"; graph?: null; graphHash: Uint8Array })
            );
        }

        /**
         * Properties of a QueryResponse.
         * @deprecated Use magpie.v1.QueryResponse.$Properties instead.
         */
        interface IQueryResponse extends magpie.v1.QueryResponse.$Properties {
        }

        /** Represents a QueryResponse. */
        class QueryResponse {

            /**
             * Constructs a new QueryResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.QueryResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QueryResponse protocolVersion. */
            protocolVersion: number;

            /** QueryResponse graphHash. */
            graphHash: Uint8Array;

            /** QueryResponse graphUnknown. */
            graphUnknown: boolean;

            /** QueryResponse results. */
            results: magpie.v1.Result.$Properties[];

            /** QueryResponse error. */
            error?: (magpie.v1.Error.$Properties|null);

            /**
             * Encodes the specified QueryResponse message. Does not implicitly {@link magpie.v1.QueryResponse.verify|verify} messages.
             * @param message QueryResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.QueryResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QueryResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.QueryResponse & magpie.v1.QueryResponse.$Shape} QueryResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.QueryResponse & magpie.v1.QueryResponse.$Shape;
        }

        namespace QueryResponse {

            /** Properties of a QueryResponse. */
            interface $Properties {

                /** QueryResponse protocolVersion */
                protocolVersion?: (number|null);

                /** QueryResponse graphHash */
                graphHash?: (Uint8Array|null);

                /** QueryResponse graphUnknown */
                graphUnknown?: (boolean|null);

                /** QueryResponse results */
                results?: (magpie.v1.Result.$Properties[]|null);

                /** QueryResponse error */
                error?: (magpie.v1.Error.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QueryResponse. */
            type $Shape = {
              protocolVersion?: number|null;
              graphHash?: Uint8Array|null;
              graphUnknown?: boolean|null;
              results?: magpie.v1.Result.$Shape[]|null;
              error?: magpie.v1.Error.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Result.
         * @deprecated Use magpie.v1.Result.$Properties instead.
         */
        interface IResult extends magpie.v1.Result.$Properties {
        }

        /** Represents a Result. */
        class Result {

            /**
             * Constructs a new Result.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Result.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Result scalar. */
            scalar?: (magpie.v1.Scalar.$Properties|null);

            /** Result table. */
            table?: (Uint8Array|null);

            /** Result error. */
            error?: (magpie.v1.Error.$Properties|null);

            /** Result kind. */
            kind?: ("scalar"|"table"|"error");

            /**
             * Encodes the specified Result message. Does not implicitly {@link magpie.v1.Result.verify|verify} messages.
             * @param message Result message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Result.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Result message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Result & magpie.v1.Result.$Shape} Result
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Result & magpie.v1.Result.$Shape;
        }

        namespace Result {

            /** Properties of a Result. */
            interface $Properties {

                /** Result scalar */
                scalar?: (magpie.v1.Scalar.$Properties|null);

                /** Result table */
                table?: (Uint8Array|null);

                /** Result error */
                error?: (magpie.v1.Error.$Properties|null);

                /** Result kind */
                kind?: ("scalar"|"table"|"error");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Result. */
            type $Shape = {
              scalar?: magpie.v1.Scalar.$Shape|null;
              table?: Uint8Array|null;
              error?: magpie.v1.Error.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; scalar?: null; table?: null; error?: null }|{ kind?: "scalar"; scalar: magpie.v1.Scalar.$Shape; table?: null; error?: null }|{ kind?: "table"; scalar?: null; table: Uint8Array; error?: null }|{ kind?: "error"; scalar?: null; table?: null; error: magpie.v1.Error.$Shape })
            );
        }

        /**
         * Properties of an Error.
         * @deprecated Use magpie.v1.Error.$Properties instead.
         */
        interface IError extends magpie.v1.Error.$Properties {
        }

        /** Represents an Error. */
        class Error {

            /**
             * Constructs a new Error.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Error.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Error code. */
            code: string;

            /** Error message. */
            message: string;

            /** Error place. */
            place: string;

            /** Error remedy. */
            remedy: string;

            /**
             * Encodes the specified Error message. Does not implicitly {@link magpie.v1.Error.verify|verify} messages.
             * @param message Error message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Error & magpie.v1.Error.$Shape} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Error & magpie.v1.Error.$Shape;
        }

        namespace Error {

            /** Properties of an Error. */
            interface $Properties {

                /** Error code */
                code?: (string|null);

                /** Error message */
                message?: (string|null);

                /** Error place */
                place?: (string|null);

                /** Error remedy */
                remedy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Error. */
            type $Shape = magpie.v1.Error.$Properties;
        }

        /**
         * Properties of an InspectRequest.
         * @deprecated Use magpie.v1.InspectRequest.$Properties instead.
         */
        interface IInspectRequest extends magpie.v1.InspectRequest.$Properties {
        }

        /** Represents an InspectRequest. */
        class InspectRequest {

            /**
             * Constructs a new InspectRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.InspectRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectRequest protocolVersion. */
            protocolVersion: number;

            /** InspectRequest spec. */
            spec: string;

            /**
             * Encodes the specified InspectRequest message. Does not implicitly {@link magpie.v1.InspectRequest.verify|verify} messages.
             * @param message InspectRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.InspectRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.InspectRequest & magpie.v1.InspectRequest.$Shape} InspectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.InspectRequest & magpie.v1.InspectRequest.$Shape;
        }

        namespace InspectRequest {

            /** Properties of an InspectRequest. */
            interface $Properties {

                /** InspectRequest protocolVersion */
                protocolVersion?: (number|null);

                /** InspectRequest spec */
                spec?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectRequest. */
            type $Shape = magpie.v1.InspectRequest.$Properties;
        }

        /**
         * Properties of an InspectResponse.
         * @deprecated Use magpie.v1.InspectResponse.$Properties instead.
         */
        interface IInspectResponse extends magpie.v1.InspectResponse.$Properties {
        }

        /** Represents an InspectResponse. */
        class InspectResponse {

            /**
             * Constructs a new InspectResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.InspectResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectResponse protocolVersion. */
            protocolVersion: number;

            /** InspectResponse tables. */
            tables: magpie.v1.TableUse.$Properties[];

            /** InspectResponse error. */
            error?: (magpie.v1.Error.$Properties|null);

            /**
             * Encodes the specified InspectResponse message. Does not implicitly {@link magpie.v1.InspectResponse.verify|verify} messages.
             * @param message InspectResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.InspectResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.InspectResponse & magpie.v1.InspectResponse.$Shape} InspectResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.InspectResponse & magpie.v1.InspectResponse.$Shape;
        }

        namespace InspectResponse {

            /** Properties of an InspectResponse. */
            interface $Properties {

                /** InspectResponse protocolVersion */
                protocolVersion?: (number|null);

                /** InspectResponse tables */
                tables?: (magpie.v1.TableUse.$Properties[]|null);

                /** InspectResponse error */
                error?: (magpie.v1.Error.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectResponse. */
            type $Shape = magpie.v1.InspectResponse.$Properties;
        }

        /**
         * Properties of a TableUse.
         * @deprecated Use magpie.v1.TableUse.$Properties instead.
         */
        interface ITableUse extends magpie.v1.TableUse.$Properties {
        }

        /** Represents a TableUse. */
        class TableUse {

            /**
             * Constructs a new TableUse.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.TableUse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TableUse url. */
            url: string;

            /** TableUse allColumns. */
            allColumns: boolean;

            /** TableUse columns. */
            columns: string[];

            /**
             * Encodes the specified TableUse message. Does not implicitly {@link magpie.v1.TableUse.verify|verify} messages.
             * @param message TableUse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.TableUse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TableUse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.TableUse & magpie.v1.TableUse.$Shape} TableUse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.TableUse & magpie.v1.TableUse.$Shape;
        }

        namespace TableUse {

            /** Properties of a TableUse. */
            interface $Properties {

                /** TableUse url */
                url?: (string|null);

                /** TableUse allColumns */
                allColumns?: (boolean|null);

                /** TableUse columns */
                columns?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TableUse. */
            type $Shape = magpie.v1.TableUse.$Properties;
        }

        /**
         * Properties of a Health.
         * @deprecated Use magpie.v1.Health.$Properties instead.
         */
        interface IHealth extends magpie.v1.Health.$Properties {
        }

        /** Represents a Health. */
        class Health {

            /**
             * Constructs a new Health.
             * @param [properties] Properties to set
             */
            constructor(properties?: magpie.v1.Health.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Health protocolVersion. */
            protocolVersion: number;

            /** Health version. */
            version: string;

            /** Health status. */
            status: string;

            /**
             * Encodes the specified Health message. Does not implicitly {@link magpie.v1.Health.verify|verify} messages.
             * @param message Health message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: magpie.v1.Health.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Health message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {magpie.v1.Health & magpie.v1.Health.$Shape} Health
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): magpie.v1.Health & magpie.v1.Health.$Shape;
        }

        namespace Health {

            /** Properties of a Health. */
            interface $Properties {

                /** Health protocolVersion */
                protocolVersion?: (number|null);

                /** Health version */
                version?: (string|null);

                /** Health status */
                status?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Health. */
            type $Shape = magpie.v1.Health.$Properties;
        }
    }
}
